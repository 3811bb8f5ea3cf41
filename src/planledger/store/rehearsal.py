"""A ledger to try deeds out on (试登): what they come to is seen, and nothing of it stays."""

from secrets import token_hex

from planledger.store.database import Store
from planledger.store.embedded import Embedded
from planledger.store.sqlite_file import connect


def rehearsal(store: Store) -> Embedded:
    """Copy a ledger, as it stands at this moment, into memory, for the chain that *store* speaks for.

    The ledger itself is only read, wherever it is kept: a rehearsal waits for nobody, and works on a read-only disk.
    """
    name = f"file:{token_hex(8)}?mode=memory&cache=shared"
    copy = connect(name)
    try:
        store.copy_into(name)
    except BaseException:
        copy.close()
        raise
    return Embedded(copy, store.path, store.chain if store.has_chosen else None)
