"""Page dumps in the styles outlets use, written for the tests: invented names, places and facts."""

PARAGRAPHS = (
    (
        "The town council of Port Ashby voted on Monday night to close the old ferry terminal, ending a "
        "dispute that has divided residents for most of the past decade."
    ),
    (
        "“We could not go on paying for a pier that nobody uses,” Mayor Ada Lund told reporters after the "
        "meeting, adding that the savings would go to the new school."
    ),
    (
        "Opponents said the decision had been rushed. Piet Dorn, who has run the kiosk on the pier since "
        "1998, said he would take the council to court before the summer."
    ),
    (
        "The terminal was built in 1931 and carried about 40,000 passengers a year at its height, "
        "according to the harbour office. Last year it counted fewer than 900."
    ),
    (
        "Work on the site is expected to begin in March, and the council plans to keep the clock tower as "
        "a memorial."
    ),
)
BODY = "\n\n".join(PARAGRAPHS)


def page(*, head="", body=BODY, tail=""):
    """Return a dump with the furniture of the case around a body."""
    return "\n\n".join(part for part in (head, body, tail) if part).encode()
