"""Words that tell a report of a match, and that a nation named in it plays."""

from app.nlp.data import words

# Each as often elsewhere ("a match", "the coach"): only many of them together make a match report.
MATCH_WORDS = words(
    """
    batsman batsmen bowler champions championship coach defender equaliser equalizer extra-time final fixture
    footballer footballers fullback goal goalkeeper goalless goals half-time halftime header innings kick-off kickoff
    match matches midfielder offside opener penalties penalty pitch qualifier qualifiers quarter-final quarterfinal
    referee scored scorer semi-final semifinal squad stadium striker substitute substitutes tackle teammate teammates
    tournament tries try unbeaten victory wicket wickets winger
    """
)
TEAM_VERBS = words(
    """
    advanced beat beats conceded dominated drew equalised equalized faced faces finished hosted led leads lost loses
    play played plays progressed qualified reached scored thrashed took topped trailed won wins defeated defeat
    """
)
TEAM_NOUNS = words(
    """
    bench captain coach defence defender defenders defense forward forwards goal goalkeeper keeper manager midfield
    midfielder opener penalty players side squad striker substitute team winger
    """
)
# What stands before the name of an opponent.
OPPONENT_WORDS = words(
    """
    against beat beating defeat defeated defeating defeats face faced facing over playing thrashed thrashing
    v versus vs
    """
)
