"""The door: `planledger` and `python -m planledger` both come in here."""

import sys


def main() -> None:
    """Run one command and end with its exit code.

    The import is inside, so that Ctrl-C during the start ends as quietly as later on.
    """
    try:
        from planledger.cli.app import run  # noqa: PLC0415

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
