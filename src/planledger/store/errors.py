"""What may go wrong with a ledger, whatever database keeps it; each ends the program with an exit code of its own."""

from planledger.plan.refusal import ExitCode, Refusal


class NotALedger(Refusal):
    """The file is missing, damaged, or something else than a ledger."""

    exit_code = ExitCode.NOT_A_LEDGER


class NewerLedger(Refusal):
    """The ledger was made by a newer program; this one must not touch it."""

    exit_code = ExitCode.NEWER_LEDGER


class Busy(Refusal):
    """Another program holds the ledger."""

    exit_code = ExitCode.BUSY


class StorageTrouble(Refusal):
    """The disk is full, read-only, or fails."""

    exit_code = ExitCode.STORAGE


class NoFolder(StorageTrouble):
    """The folder for files of evidence is not there, or nobody said where it is."""


class Forged(Refusal):
    """The ledger says what the program never writes: somebody made it up, and nobody may rely on it."""

    exit_code = ExitCode.VERIFICATION
