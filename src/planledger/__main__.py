"""The door: `planledger` and `python -m planledger` both come in here."""

import atexit
import gc
import sys


def main() -> None:
    """Run one command and end with its exit code.

    A process of a tenth of a second never needs the collector, and freezing what is there lets the
    interpreter end without a last walk over it. The counter is imported inside, so that Ctrl-C during
    the start ends as quietly as later on.
    """
    gc.disable()
    atexit.register(gc.freeze)
    try:
        from planledger.cli.app import run  # noqa: PLC0415

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
