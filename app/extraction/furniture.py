"""Tell page furniture by its wording: share buttons, newsletter boxes, captions, author bios.

It sees one block at a time and knows nothing of where it stands; the classifier weighs this against the rest.
Each kind is one row of `KINDS`: the reason recorded with a removed block, the longest block it may be (a
sentence of the article may well mention a newsletter or a cookie), and the wording.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of furniture: why it is removed, its greatest length, its wording in lower case."""

    reason: str
    longest: int
    opening: re.Pattern[str]
    wording: re.Pattern[str]


def _kind(reason: str, longest: int, *, opening: str = "(?!)", words: str = "", anywhere: str = "") -> Kind:
    """Compile a row: how a block begins, words within it, pieces within it that begin with no letter.

    One word boundary before all words, not one before each, lets the search skip ahead: five times as fast.
    """
    wording = "|".join(part for part in (words and rf"\b(?:{words})", anywhere) if part)
    return Kind(reason, longest, re.compile(opening), re.compile(wording or "(?!)"))


# Lengths are guesses of 2026-11-22: the shortest that let whole boxes of the kind through.
KINDS: Final = (
    _kind(
        "share",
        70,
        opening=r"link copied|copy link|share\b|tweet(?: this)?$|facebook$|twitter$|x$|whats ?app$|linkedin$"
        r"|pinterest$|reddit$|telegram$|flipboard$|pocket$|tumblr$|e-?mail(?: (?:this|the|to|a)\b.*)?$"
        r"|print\b|like this|pin (?:it|this)?$|save(?: (?:article|story|this|for later).*)?$"
        r"|bookmark\b|listen\b|follow (?:us|me|@|the author)|\d+ shares?$|shares?$|sharing is|partager"
        r"|teilen|compart|condividi",
        words=r"share (?:this|on|via|with|to|article|story)\b|(?:join|like|follow|find) us on\b"
        r"|share it (?:on|with)\b",
    ),
    _kind(
        "newsletter",
        420,
        opening=r"support (?:our|quality|independent|local) ",
        words=r"newsletters?\b|sign[- ]?up\b|subscri(?:be|ption)\b|in your inbox\b|to your inbox\b"
        r"|breaking news alerts?\b|daily (?:e-?mail|headlines|digest)\b|enter your e-?mail\b"
        r"|download (?:our|the) app\b|become a (?:member|subscriber|supporter)\b|notifications?\b"
        r"|unsubscribe\b|abonnieren\b",
    ),
    _kind(
        "cookie",
        600,
        words=r"cookies?\b|privacy (?:policy|notice|settings|preferences|choices)\b|gdpr\b|consent\b"
        r"|datenschutz\b|do not sell\b",
    ),
    _kind(
        "copyright",
        500,
        words=r"copyright\b|all rights reserved\b|terms (?:of|and|&) \w+|may not be (?:published|reproduced"
        r"|copied|republished)\b|reproduction (?:is )?prohibited\b|powered by\b|trademarks?\b"
        r"|tous droits\b|alle rechte\b|derechos reservados\b",
        anywhere=r"©|\(c\) ?(?:19|20)\d\d",
    ),
    _kind(
        "comments",
        300,
        opening=r"(?:\(?\d+\)? )?comments?\b",
        words=r"comments? (?:are|is|policy|section|below|closed)\b|reply\b|(?:leave|post|add|view|read|show"
        r"|write|submit|load)(?: \w+)?(?: \d+)? comments?\b|join the (?:conversation|discussion)\b"
        r"|log ?in\b|sign in\b|register\b|says:$|spam\b|required fields\b|upvote\b|report (?:abuse"
        r"|comment)\b|wrote:$|kommentare?\b|have your say\b",
    ),
    _kind(
        "related",
        160,
        opening=r"related|recommended|read (?:more|also|next|our|the|full)|also read|see also|see more"
        r"|more (?:from|on|in|about|stories|news|like|to)\b|most (?:read|popular|viewed|shared|recent"
        r"|commented)|popular\b|trending|latest\b|top (?:stories|news|picks)|you (?:may|might|could) "
        r"|up next|next (?:article|story|post)|prev(?:ious)?\b|around the web|from (?:around )?the web"
        r"|editor'?s'? (?:picks?|choice)|don'?t miss|in other news|what to read|promoted|sponsored"
        r"|paid (?:content|post)|recent (?:posts|stories|articles|news)|view all|see all|load more"
        r"|show more|watch\b|explore\b|check out|click here|learn more|find out more|continue reading"
        r"|featured|elsewhere|keep reading|must reads?|similar\b|other (?:stories|news)|lire aussi"
        r"|mehr zum",
        words=r"(?:related|more) (?:articles?|stories|topics?|posts?|content|coverage|news|videos?"
        r"|links?):?$",
    ),
    _kind(
        "caption",
        400,
        opening=r"(?:(?:file )?(?:photos?|image|pictures?|video|graphic|photograph)\b ?(?:credit|by|via"
        r"|courtesy|source|:|/|\()|credit:|file -|caption|photo$|image$|picture$|video$|gallery\b"
        r"|view (?:gallery|photos?|image)|\d+ of \d+|\d+ ?/ ?\d+$|(?:image|photo|media) (?:caption"
        r"|source)|getty|ap photo|author picture|play video|slideshow|screen ?(?:grab|shot)"
        r"|illustration)",
        words=r"photo(?:graph)?s? (?:by|credit|courtesy)\b|(?:getty|ap photo|shutterstock|istock|reuters/"
        r"|afp/|alamy|via ap|usa today sports|handout|epa-efe)\b|(?:file photo|pictured above"
        r"|stock image)\b",
        anywhere=r"\((?:ap|reuters|afp|epa|photo|file|getty|pa|courtesy|image)\b[^)]{0,60}\)$",
    ),
    _kind(
        "notice",
        700,
        words=r"affiliate\b|earn (?:a |an )?(?:affiliate )?commission|javascript\b|your browser\b|ad ?block"
        r"|opt[- ]out\b|this (?:web)?site (?:uses|is|may)\b|editorial (?:team|standards|guidelines"
        r"|policy)\b|independently (?:selected|chosen|reviewed)\b|personal (?:information|data)\b"
        r"|is not supported\b|editor[’']s note\b|this (?:article|story|post) (?:was"
        r"|has been) (?:originally|first|updated|amended)\b|captcha\b|not a robot\b|views expressed\b"
        r"|contact us\b|send (?:us|your)\b",
    ),
    _kind(
        "advertisement",
        90,
        opening=r"ad$|ads$|adverti[sz]|story continues|article continues|sponsor|anzeige|publicit|remove ads",
    ),
    _kind(
        "author_bio",
        700,
        opening=r"(?:by |about )?(?:the author\b|[^\W\d_][\w.'’-]+ (?:[^\W\d_][\w.'’-]+ ){1,4}(?:is|was"
        r"|has been|covers|writes|joined|reports) (?:\w+ ){0,6}?(?:reporter|writer|editor|journalist"
        r"|correspondent|columnist|author|contributor|blogger|covering|freelance\w*|producer|for"
        r"|fellow|professor|intern|about|translator|photographer|news|politics|the)\b)",
        words=r"(?:follow|reach|contact|e-?mail) (?:him|her|them|\w+ \w+|the author|the writer) (?:on|at"
        r"|via)\b|(?:contributed|contributing) to this (?:report|story|article)\b|(?:reporting|writing"
        r"|editing|additional reporting) by\b|follow (?:him|her|them|\w+)\b.{0,40}@",
    ),
    _kind(
        "navigation",
        80,
        opening=r"home|menu|search|skip to|back to|go to|jump to|close|open|toggle|main|about(?: us)?"
        r"|contact(?: us)?|help|faq|site ?map|topics?|tags?:?|tagged|categor(?:y|ies)|section"
        r"|filed under|posted in|published in|archives?|account|my account|subscribe|edition|loading"
        r"|advertise|careers|jobs|newsletters?|rss|feedback|corrections?|text size|font size|a a a"
        r"|hide|show|expand|view (?:on|in|profile|bio)|more$|next$|buy\b|shop\b|submit|donate|sport$"
        r"|sports$|news$|world$|opinion$|business$|politics$|weather$|videos?$|photos?$|live$"
        r"|entertainment$|lifestyle$|culture$|science$|health$|tech(?:nology)?$|español|english",
    ),
)
_DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd"
    r"|th)?,? (?:19|20)\d\d"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov"
    r"|dec)[a-z]{0,6}\.?,? (?:19|20)\d\d"
    r"|\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b"
    r"|\b\d{1,2}[:.]\d\d ?[ap]\.?m\b|\b\d+ (?:minutes?|mins?|hours?|days?|weeks?|months?) ago\b"
    r"|\b(?:published|posted|updated)\b",
    re.IGNORECASE,
)
# A heading counts what readers wrote, or asks for it; a button between paragraphs says "Comments" only.
_READERS_BEGIN = re.compile(
    r"(?:\d[\d,.]{0,6}|one|two|three|no) (?:responses?|thoughts?|repl(?:y|ies)|comments?) (?:to|on)\b"
    r"|leave an? (?:reply|comment)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 160  # guess 2026-11-22: it may name the headline they answer
_LONGEST_DATED = 160
_LONGEST_TESTED = max(kind.longest for kind in KINDS)


@lru_cache(maxsize=4096)  # features and reasons ask for the same block, and menus repeat
def kinds_of(text: str) -> tuple[str, ...]:
    """Return every kind of furniture that `text` is worded like, in the order of `KINDS`."""
    if len(text) > _LONGEST_TESTED:
        return ()
    lowered = text.lower()
    return tuple(
        kind.reason
        for kind in KINDS
        if len(lowered) <= kind.longest and (kind.opening.match(lowered) or kind.wording.search(lowered))
    )


def is_dated(text: str) -> bool:
    """Whether `text` is short and carries a date, a time of day or an age ("3 hours ago")."""
    return len(text) <= _LONGEST_DATED and _DATED.search(text) is not None


def opens_comments(text: str) -> bool:
    """Whether `text` heads what readers wrote: "34 responses to “Ferry to close”", "Leave a reply"."""
    return len(text) <= _LONGEST_HEADING and _READERS_BEGIN.match(text) is not None
