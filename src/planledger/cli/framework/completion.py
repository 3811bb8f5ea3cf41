"""The words that complete a line, also where an option and its value are typed as one word: `--agency=大新县人`.

Bash parts that word at the `=` and puts back only what stands behind it; zsh, fish and PowerShell put back all of it.
"""

from typing import Any

from typer._completion_classes import (
    BashComplete,
    FishComplete,
    PowerShellComplete,
    ZshComplete,
    completion_init,
)

JOINT = "="


def prepare() -> None:
    """Let Typer complete with the classes of this module."""
    from typer._click.shell_completion import add_completion_class

    completion_init()
    for shell, made in {
        "bash": _Parted,
        "zsh": _whole(ZshComplete),
        "fish": _whole(FishComplete),
        "powershell": _whole(PowerShellComplete),
        "pwsh": _whole(PowerShellComplete),
    }.items():
        add_completion_class(made, shell)


def _with_option(items: list[Any], incomplete: str) -> list[Any]:
    """Return the values with their option before them, where both are one word to the shell."""
    option, joint, _ = incomplete.partition(JOINT)
    if not (joint and option.startswith("--")):
        return items
    return [type(item)(f"{option}{JOINT}{item.value}", help=item.help) for item in items]


def _whole(base: Any) -> Any:
    class Whole(base):  # type: ignore[misc]  # one class for each shell of Typer
        def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
            return _with_option(super().get_completions(args, incomplete), incomplete)

    return Whole


class _Parted(BashComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        """Join what Bash parted: `--agency`, `=`, `大新县人` are one word."""
        args, incomplete = super().get_completion_args()
        self.was_parted = JOINT in (*args, incomplete)
        words: list[str] = []
        for word in (*args, incomplete):
            is_joined = words and (word == JOINT or (words[-1][-1:] == JOINT and words[-1][:2] == "--"))
            if is_joined and (word == JOINT or self.was_parted):
                words[-1] += word
            else:
                words.append(word)
        return words[:-1], words[-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
        items = super().get_completions(args, incomplete)
        return items if self.was_parted else _with_option(items, incomplete)
