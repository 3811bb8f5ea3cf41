"""Every SELECT, as constant text with :name parameters, the same on SQLite and on a server.

A test runs each against a fresh schema and holds its columns against the rows they become. Every list of kinds of
entry is taken from the table of kinds, once, when this is loaded.
"""

from typing import NamedTuple

from planledger.plan.model.entry_kinds import END_SILENCE, About, Nature, about, kinds, sql_list, with_detail
from planledger.plan.model.terms import EntryKind
from planledger.store.schema.steps import IS_IMPOSSIBLE

_IS_ADOPTION = f"e.kind = '{EntryKind.ADOPTION}'"
IS_AMENDMENT = f"e.kind = '{EntryKind.AMENDMENT}'"
_IS_DESTRUCTION = f"d.kind = '{EntryKind.DESTRUCTION}'"
_IS_FIGURE = f"e.kind IN {sql_list(kinds(Nature.FIGURE))}"
_IS_PROOF = f"e.kind IN {sql_list(kinds(Nature.PROOF))}"
_IS_OF_UNIT = f"e.kind IN {sql_list(about(About.UNIT))}"
IS_OF_NAME = f"e.kind IN {sql_list(about(About.UNIT_NAME))}"
_IS_OF_OFFICE = f"e.kind IN {sql_list(about(About.OFFICE))}"
_OF_CHAIN = sql_list(about(About.UNIT_NAME, About.OFFICE))
_ENDS_SILENCE = f"e.kind IN {sql_list(END_SILENCE)}"
_IS_SENDER = f"e.kind = '{EntryKind.SENDER}'"
_IS_OF_FILE = f"e.kind IN {sql_list(with_detail('sha256'))}"
# Every kind beyond these is read, so that one that nobody knows is noticed.
_IS_KEPT_MARK = f"e.kind NOT IN {sql_list(kinds(Nature.CHANGE, Nature.UNDOING))}"
_IS_NO_REVERSAL = f"e.kind NOT IN {sql_list(kinds(Nature.UNDOING))}"
IS_KNOWN = "e.dated <= :as_of AND e.recorded_at <= :known_at"
_STANDS = "NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id)"
_STOOD = "NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id AND r.recorded_at <= :known_at)"  # as far as was known
OF_PLAN = "e.indicator = '' AND e.code = ''"  # of the plan as a whole, of one unit, of the office
OF_ITEM = "e.indicator = '' AND e.code > ''"  # of an item, and no figure

_IN_FORCE = f"""
SELECT p.id AS plan_id, v.id AS version_id, v.digest, m.key, m.title, m.year, m.warn_days, m.offices, m.contact_clause
FROM plan p
JOIN version v ON v.plan_id = p.id
JOIN meta m ON m.version_id = v.id AND m.position = 0
WHERE v.digest = (
    SELECT e.subject FROM entry e
    WHERE e.plan_id = p.id AND {OF_PLAN} AND {_IS_ADOPTION}
      AND e.recorded_at <= :known_at AND {_STOOD}
    ORDER BY e.id DESC LIMIT 1)
"""
# Another office may begin its chain at any moment: its plans are never meant where a chain was chosen.
PLANS_OF_CHAIN = _IN_FORCE + "AND :origin IN (0, p.origin_id) ORDER BY p.id"
PLAN_IN_FORCE = _IN_FORCE + "AND p.key = :key"
_OF_SAME_CHAIN = "AND p.origin_id = (SELECT s.origin_id FROM plan s WHERE s.id = :plan) "
EARLIER_PLANS = _IN_FORCE + _OF_SAME_CHAIN + "AND m.year < :year ORDER BY m.year DESC, p.id DESC"
PLAN_IDS = "SELECT p.id FROM plan p WHERE :origin IN (0, p.origin_id) ORDER BY p.id"
PLAN_KEYS = "SELECT p.key FROM plan p ORDER BY p.id"

VERSION_OF = "SELECT id FROM version WHERE plan_id = :plan AND digest = :digest"


def plan_rows(row: type[NamedTuple]) -> str:
    """The rows of one class that a plan version has, in the document's order; each class has a table of its name and fields."""
    columns, table = ", ".join(row._fields), row.__name__.lower()
    return f"SELECT {columns} FROM {table} WHERE version_id = :version ORDER BY position"


# Read from the figures index alone. A reversal carries its amount negated and the day of what it
# reverses: whoever adds up needs no look at it.
AMOUNTS = """SELECT code, indicator, side, agency, dated, amount
FROM entry
WHERE plan_id = :plan AND indicator <> '' AND dated <= :as_of AND recorded_at <= :known_at"""
AMOUNTS_OF = AMOUNTS + " AND code = :code"

# Of a stock the latest figure counts, of a figure that must be there 0 counts too, and each meeting has
# its own papers, so none may be added up: what was reversed has to be left out one by one. CROSS JOIN keeps SQLite from
# walking all entries of the plan for the few indicators that are meant.
IS_STOCK = "n.measure = 'stock'"
HAS_PAPERS = """EXISTS (
    SELECT 1 FROM requirement q WHERE q.version_id = n.version_id AND q.code = n.code AND q.per = n.key)
"""
_MUST_BE_THERE = "(n.must_report = 1 OR n.comparison = 'at_most' OR n.scope = 'unit')"
FIGURE_STOOD = f"e.indicator <> '' AND {_IS_FIGURE} AND {IS_KNOWN} AND {_STOOD} "
_SINGLES = f"""SELECT e.code, e.indicator, e.side, e.agency, e.dated AS day, e.amount, e.seq AS entry, e.details, '' AS parts
FROM indicator n CROSS JOIN entry e
WHERE n.version_id = :version AND e.plan_id = :plan AND e.code = n.code AND e.indicator = n.key
  AND ({_MUST_BE_THERE} OR {IS_STOCK} OR {HAS_PAPERS}) AND {FIGURE_STOOD}"""
_NOTED = "e.code, e.kind, e.side, e.agency, e.dated AS day, e.subject, e.seq AS entry, e.details, 0 AS destroyed_by, '' AS parts, e.note"
MARK = _NOTED.replace("e.note", "'' AS note")
IS_MARK = f"""{OF_ITEM} AND {_IS_KEPT_MARK} AND {IS_KNOWN} AND {_STOOD} """
_MARKS = "SELECT " + MARK + " FROM entry e WHERE e.plan_id = :plan AND " + IS_MARK
IN_ORDER = "ORDER BY e.dated, e.recorded_at, e.id"
SINGLES, SINGLES_OF = _SINGLES + IN_ORDER, _SINGLES + "AND n.code = :code " + IN_ORDER
# Of the whole plan also where one item is asked about: a unit that was added anywhere is known everywhere.
AMENDMENTS = f"""SELECT {_NOTED} FROM entry e
WHERE e.plan_id = :plan AND {OF_ITEM} AND {IS_AMENDMENT} AND {IS_KNOWN} AND {_STOOD}
ORDER BY e.dated, e.id"""
# What was changed of the names of units, in whichever plan of the chain that was recorded; also of later days.
UNIT_CHANGES = f"""SELECT e.seq AS entry, e.kind, e.agency, e.dated AS day, e.subject, e.details
FROM entry e JOIN plan p ON p.id = e.plan_id JOIN plan s ON s.origin_id = p.origin_id
WHERE s.id = :plan AND {OF_PLAN} AND {IS_OF_NAME} AND e.recorded_at <= :known_at AND {_STOOD}
ORDER BY e.dated, e.id"""
# What came from units after an entry, whatever the day of it.
ARRIVALS = f"""SELECT {MARK} FROM entry e
WHERE e.plan_id = :plan AND e.id > :after AND e.agency <> '' AND {_ENDS_SILENCE} AND {IS_KNOWN} AND {_STOOD}
ORDER BY e.id"""
MARKS, MARKS_OF = _MARKS + IN_ORDER, _MARKS + "AND e.code = :code " + IN_ORDER
# Asked for the few rows that are closed out. The sign keeps SQLite from walking the whole chain for its largest number.
LATEST_FIGURES = f"""SELECT e.indicator, e.agency, e.dated, MAX(+e.seq) FROM entry e
WHERE e.plan_id = :plan AND e.code = :code AND e.indicator <> '' AND {IS_KNOWN} GROUP BY e.indicator, e.agency, e.dated"""
# Papers of one event serve every row that counts it, whichever row they were recorded on.
_NOT_DESTROYED = f"""AND NOT EXISTS (SELECT 1 FROM entry d
  WHERE d.plan_id = e.plan_id AND d.indicator = '' AND d.code = e.code AND {_IS_DESTRUCTION}
    AND replace(d.details, '["entry","' || e.seq || '"]', '') <> d.details AND d.dated <= :as_of AND d.recorded_at <= :known_at)
"""
PAPERS_ELSEWHERE = _MARKS + f"AND {_IS_PROOF} AND e.code <> :code " + _NOT_DESTROYED + IN_ORDER

# What concerns the plan as a whole: filings, their return, contacts. Who sent the forms, some hundred a year, no question
# asks. Of two the later one counts, by number; ordered by the number alone SQLite would walk all entries of the plan
# instead of the marks index.
PLAN_MARKS = f"""SELECT {_NOTED} FROM entry e
WHERE e.plan_id = :plan AND {OF_PLAN} AND {_IS_KEPT_MARK} AND NOT {_IS_SENDER} AND {IS_KNOWN} AND {_STOOD}
ORDER BY e.kind, e.id"""

# A number that people know is the place in the chain; that of what is reversed lies as far from its row id.
_ENTRY = """SELECT e.seq AS number, p.key AS plan, e.plan_id, e.code, e.kind, e.indicator, e.amount, e.dated, e.recorded_at,
e.agency, e.side, e.recorded_by AS "by", e.note, e.subject, e.details, e.reverses - e.id + e.seq AS reverses,
(SELECT r.seq FROM entry r WHERE r.reverses = e.id AND r.recorded_at <= :known_at) AS reversed_by,
(SELECT k.kind FROM entry k WHERE k.id = e.reverses) AS reversed_kind
FROM entry e JOIN plan p ON p.id = e.plan_id
"""
# Lists of names are passed as 、A、B、 because a parameter is one value on every database. Whether a text holds
# another is asked by taking it out: that is exact everywhere, while LIKE has its wild cards and its own idea of case.
_IS_ASKED = f"""(:codes = '' OR (e.code <> '' AND replace(:codes, '、' || e.code || '、', '') <> :codes))
  AND (:agencies = '' OR (e.agency <> '' AND replace(:agencies, '、' || e.agency || '、', '') <> :agencies))
  AND e.dated >= :since AND {IS_KNOWN}
ORDER BY e.id DESC LIMIT :limit"""
HISTORY = f"{_ENTRY}WHERE e.plan_id = :plan AND {_IS_ASKED}"
# What was recorded with another plan of the chain and holds in all of them, and what took it back.
_ELSEWHERE = f"""JOIN plan s ON s.origin_id = p.origin_id
WHERE s.id = :plan AND e.plan_id <> :plan AND {OF_PLAN}
  AND (e.kind IN {_OF_CHAIN} OR EXISTS (SELECT 1 FROM entry k WHERE k.id = e.reverses AND k.kind IN {_OF_CHAIN}))
  AND """
HISTORY_ELSEWHERE = _ENTRY + _ELSEWHERE + _IS_ASKED
ENTRY = _ENTRY + "WHERE e.id = :id"
# Before anything of a chain, or of all, is added up: from an index that holds nothing else, and so hardly ever anything.
# The sum keeps a server from walking the chain instead.
IMPOSSIBLE = f"""SELECT seq, kind, code, indicator, amount, agency, dated, recorded_at, subject, details, reverses
FROM entry WHERE ({IS_IMPOSSIBLE}) AND :origin IN (0, origin_id + 0) ORDER BY seq LIMIT 1"""
# For a copy of the ledger that can be held against the ledger itself.
SEALS = "SELECT e.seq, e.hash FROM plan p CROSS JOIN entry e WHERE p.id = :plan AND e.origin_id = p.origin_id"
# The end of what was known of a plan: by number for the chain, by moment for what counts.
_LAST = "SELECT e.seq, e.hash, e.recorded_at FROM entry e "
LAST_KNOWN = _LAST + "WHERE e.plan_id = :plan AND e.recorded_at <= :known_at ORDER BY e.id DESC LIMIT 1"
LAST_ELSEWHERE = f"{_LAST}JOIN plan p ON p.id = e.plan_id {_ELSEWHERE}e.recorded_at <= :known_at ORDER BY e.id DESC LIMIT 1"
LAST_OF_CHAIN = _LAST + "WHERE e.origin_id = :origin AND e.id <= :end ORDER BY e.seq DESC LIMIT 1"
LAST_MOMENT = "SELECT MAX(e.recorded_at) FROM entry e WHERE e.plan_id = :plan AND e.recorded_at <= :known_at"
# How far the whole chain had come that a plan belongs to, and whose it is.
CHAIN_KNOWN = """SELECT o.id, o.name, o.office, e.seq, e.hash
FROM plan p CROSS JOIN origin o CROSS JOIN entry e
WHERE p.id = :plan AND o.id = p.origin_id AND e.origin_id = o.id AND e.recorded_at <= :known_at
ORDER BY e.seq DESC LIMIT 1"""
# What the office was called last, in whichever of its plans that was recorded.
OFFICE_NAME = f"""SELECT e.seq, e.subject
FROM plan p CROSS JOIN entry e
WHERE p.origin_id = :origin AND e.plan_id = p.id AND {OF_PLAN} AND {_IS_OF_OFFICE} AND {IS_KNOWN} AND {_STOOD}
ORDER BY e.id DESC LIMIT 1"""
# What earlier fillings of one form brought: how a form is named in details stands in :template.
OF_FORM = f"""{_ENTRY}WHERE e.plan_id = :plan AND replace(:agencies, '、' || e.agency || '、', '') <> :agencies
  AND {_IS_NO_REVERSAL} AND replace(e.details, :template, '') <> e.details ORDER BY e.id"""
# What one imported file brought: how it is named in details stands in :file, its digest perhaps not to the end.
OF_IMPORT = f"""{_ENTRY}WHERE e.plan_id = :plan AND {_IS_NO_REVERSAL}
  AND replace(e.details, :file, '') <> e.details ORDER BY e.id"""
# What was reversed with it, because the file says something else.
REPLACED = f"""SELECT v.seq FROM entry e JOIN entry v ON v.id = e.reverses
WHERE e.plan_id = :plan AND e.recorded_at = :moment AND replace(e.note, :note, '') <> e.note AND NOT {_IS_NO_REVERSAL}"""
# Who sent the forms of a plan.
SENDERS = _ENTRY + f"WHERE e.plan_id = :plan AND {OF_PLAN} AND {_IS_SENDER} ORDER BY e.id"
# Files belong to the chain and not to one plan: the same one may prove something in two. That they are about an
# item is written out so that SQLite does not walk all entries instead of the marks index.
_FILES = f"""SELECT e.seq, e.kind, e.details, (SELECT r.seq FROM entry r WHERE r.reverses = e.id)
FROM plan p CROSS JOIN entry e
WHERE p.origin_id = :origin AND e.plan_id = p.id AND {OF_ITEM} AND {_IS_OF_FILE} """
FILES = _FILES + "ORDER BY e.kind, e.id"
OF_FILE = _FILES + "AND replace(e.details, :file, '') <> e.details ORDER BY e.kind, e.id"
# Of a change of the names of units: whether one of them was called so.
_LISTED = "'、' || e.subject || '、'"
_IS_ITS_NAME = f"({IS_OF_NAME} AND replace({_LISTED}, :listed, '') <> {_LISTED})"
LATER_ENTRY = "SELECT e.seq FROM entry e WHERE e.plan_id = :plan AND e.id > :id ORDER BY e.id LIMIT 1"
# What somebody recorded of a unit that no plan names, after it was added.
OF_ADDED_UNIT = f"""SELECT e.seq FROM entry e
WHERE e.plan_id = :plan AND e.id > :id AND {_STANDS} AND ({_IS_KEPT_MARK} AND e.agency = :agency OR {_IS_ITS_NAME})
  AND NOT EXISTS (SELECT 1 FROM agency a JOIN version v ON v.id = a.version_id
    WHERE a.name = :agency AND v.plan_id = e.plan_id) LIMIT 1"""
# What names a unit as it is called since a change: an entry of it, a later change, a version of a plan.
OF_NEW_NAME = f"""SELECT e.seq FROM plan p CROSS JOIN entry e
WHERE p.origin_id = :origin AND e.plan_id = p.id AND e.id > :id AND {_IS_NO_REVERSAL} AND {_STANDS}
  AND (e.agency = :agency OR {_IS_ITS_NAME} OR ({_IS_ADOPTION} AND EXISTS (SELECT 1 FROM version v JOIN agency a ON a.version_id = v.id
      WHERE v.plan_id = p.id AND v.digest = e.subject AND a.name = :agency)))
ORDER BY e.id LIMIT 1"""
# Of a unit what was said again since an entry, and what was returned of what it submitted.
_SAYS_THE_SAME = f"""(:kind IN {sql_list((EntryKind.CONTACT, EntryKind.DECLARATION, EntryKind.FILING))}
  AND e.kind IN (:kind, '{EntryKind.RETURN}') AND e.code = :code AND e.agency = :agency AND e.subject = :subject)"""
# Later entries that name this one in what only their kind says, and those that keep its effect.
HANGING_ON = f"""SELECT e.seq FROM entry e
WHERE e.plan_id = :plan AND e.id > :id AND {_STANDS}
  AND (replace(e.details, :same, '') <> e.details OR replace(e.details, :of, '') <> e.details OR {_SAYS_THE_SAME})
ORDER BY e.id"""
EARLIER_ADOPTION = f"""SELECT e.id FROM entry e
WHERE e.plan_id = :plan AND {OF_PLAN} AND {_IS_ADOPTION} AND e.id < :id AND {_STANDS}
ORDER BY e.id DESC LIMIT 1"""

# What other units reported of the same figure in the same month.
RESEMBLING = f"""SELECT e.seq, e.amount, e.agency FROM entry e
WHERE e.plan_id = :plan AND e.code = :code AND e.indicator = :indicator AND e.indicator <> '' AND {_IS_FIGURE}
  AND e.agency <> '' AND e.agency <> :agency AND e.dated >= :first AND e.dated <= :last
  AND {_STANDS}"""
# Entries of one event share its day.
SAME_DAY = f"""SELECT e.seq, e.details FROM entry e
WHERE e.plan_id = :plan AND e.code = :code AND e.indicator = :indicator AND e.indicator <> '' AND {_IS_FIGURE}
  AND e.dated = :dated AND {_STANDS}"""
_LIKE = f"""SELECT e.seq FROM entry e
WHERE e.plan_id = :plan AND e.code = :code AND e.indicator = :indicator AND e.side = :side
  AND e.agency = :agency AND e.dated = :dated AND e.recorded_at >= :since AND e.kind = :kind
  AND e.subject = :subject AND e.note = :note AND e.details = :details
  AND {_STANDS} """
LIKE_FIGURE = _LIKE + "AND e.indicator <> '' AND e.amount = :amount ORDER BY e.id DESC LIMIT 1"
LIKE_MARK = _LIKE + "AND e.indicator = '' ORDER BY e.id DESC LIMIT 1"

NAMES_WITH_ENTRIES = f"""SELECT DISTINCT e.code, e.indicator, e.agency, e.side,
CASE WHEN {_IS_PROOF} THEN e.subject ELSE '' END
FROM entry e WHERE e.plan_id = :plan AND e.code > '' """
UNITS_WITH_MARKS = f"""SELECT DISTINCT e.agency, e.side, e.subject
FROM entry e WHERE e.plan_id = :plan AND {OF_PLAN} AND {_IS_OF_UNIT}"""
