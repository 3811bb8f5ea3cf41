"""The document on the desk: from a workbook, a Word file or a PDF to the rows of its table."""
