"""The page for a leader (看板): one HTML file without script, request or font."""
