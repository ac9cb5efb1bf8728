"""Family names (and artists' names) that news prints alone because everybody knows whose they are.

Evidence, not proof: "Trump Tower" is no person. Written by hand; names as often a place's or a word's are left out.
"""

from app.nlp.data import words

PUBLIC_FIGURES = words(
    """
    ahmadinejad al-assad arafat ardern assad assange beethoven berlusconi beyoncé bezos biden blair bolsonaro
    cameron cheney chávez churchill clinton comey corbyn cruz darwin desantis djokovic draghi duterte einstein
    erdogan erdoğan farage fauci federer gaddafi gandhi giuliani gorbachev guterres hitler hollande hussein
    juncker karzai khamenei khomeini kishida kissinger lavrov lenin lukashenko lula macron maduro mandela mao mccain
    mcconnell medvedev meloni merkel messi milei modi morsi mozart mubarak mueller mugabe musk mussolini nadal navalny
    netanyahu nixon obama obrador ocasio-cortez orban orbán pelosi pence petraeus putin qaddafi rajoy ramaphosa
    reagan renzi rihanna romney ronaldo roosevelt rouhani rousseff rubio rumsfeld sanders sarkozy schröder schumer
    shakespeare snowden stalin starmer sturgeon sunak thatcher trotsky trudeau trump tsipras tusk yanukovych yeltsin
    zelensky zelenskyy zuckerberg zuma
    """
)
