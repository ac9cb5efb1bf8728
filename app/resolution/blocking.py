"""Keys under which entities that may be one are found together.

They spare an article the comparison with every known entity; what they let through, `resolve` judges.
"""

from app.documents import EntityType
from app.resolution.names import acronym_of, normalise


def block_keys(entity_type: EntityType, name: str) -> tuple[str, ...]:
    """Return the keys of a name; two names `resolve` could take for one share at least one.

    A person is found by the first and the last word (the family name may stand first: "Choi Dae-jung"),
    anything else by the whole normalised name and by its acronym.
    """
    normal = normalise(entity_type, name)
    words = normal.split()
    if not words:
        return ()
    found = dict.fromkeys((words[-1], words[0]) if entity_type == "person" else (normal, acronym_of(normal)))
    return tuple(f"{entity_type}:{key}" for key in found if key)
