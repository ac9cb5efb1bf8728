"""Given names mostly borne by one gender, and family names written first.

Written by hand for this project from common knowledge. A name borne by both (Alex, Robin, Jean, Kim) is left
out: a wrong gender misleads a pronoun, an unknown one only leaves it open.
"""

from app.nlp.data import words

FEMALE_NAMES = words(
    """
    abigail ada adele adriana agatha agnes aisha alice alicia alison amanda amelia amina amy ana anastasia
    andrea angela angelina anita anna anne annette annie antonia audrey aung ava barbara beatrice beatriz
    becky belinda benazir bernadette bertha beth betty beverly bianca bonnie brenda bridget brigitte
    camila carla carmen carol carole caroline carolina carolyn catalina catherine cathy cecilia celia
    charlotte cheryl chiara christina christine cindy claire clara claudia colette colleen condoleezza
    connie constance cristina cynthia daisy daniela danielle daphne dawn deborah debbie debra delia denise
    diana diane dilma dolores donna dora doris dorothy edith eileen elaine eleanor elena elisa elisabeth
    elizabeth ella ellen eloise elsa emilia emily emma erica erin esther eugenia eva eve evelyn fatima
    faye felicity fiona florence frances francesca frida gabriela gabrielle gemma genevieve georgia
    georgina geraldine gina giulia gladys gloria grace greta gwen hannah harriet heather heidi helen
    helena helga hilary hillary hope ida ines ingrid irene irina iris isabel isabella ivana ivanka
    jacqueline jane janet janice jasmine jeanne jenna jennifer jenny jessica jill joan joanna joanne
    josephine joyce juanita judith judy julia juliana julianne julie juliet justine kaja kamala karen
    karin karina kate katharine katherine kathleen kathryn kathy katie katrina katy kayla kelly keiko
    kimberly kirsten kristen kristin kristina kylie lara laura lauren layla leila lena leticia lily linda
    lisa liz lorraine louise lucia lucille lucy luisa lydia lynn madeleine madison maggie malala manuela
    marcia margaret margarita margot maria mariam mariana marie marilyn marina marion marjorie marlene
    marta martha martina mary matilda maureen maya megan meghan melania melanie melinda melissa mercedes
    mia michaela michele michelle mila mildred miranda miriam molly monica mona muriel nadia nadine nancy
    naomi natalia natalie natasha nellie nicola nicole nina noor nora norma odette olga olivia pamela
    patricia paula pauline peggy penelope petra phoebe phyllis priscilla priti priya rachel ramona rebecca
    regina renata renee rhonda rita roberta rosa rosalind rose rosemary roxanne ruth sabrina sally salma
    samantha sandra sara sarah selena serena shannon sharon sheila shirley silvia simone sofia sonia
    sophia sophie stella stephanie sue susan susanna suzanne svetlana sylvia tamara tania tanya tara
    tatiana teresa theresa tiffany tina tracy trudy ursula valentina valeria valerie vanessa vera verity
    veronica victoria viola violet virginia vivian wanda wendy whitney yasmin yoko yolanda yulia yvette
    yvonne zainab zara zoe zuzana
    """
)

MALE_NAMES = words(
    """
    aaron abdul abdullah abraham adam adolf adrian ahmad ahmed aidan akira alan albert aldo alejandro
    alessandro alex alexander alexandre alexei alfonso alfred ali alistair allan allen alvaro amir anders
    andre andreas andrei andrew andy angus anthony antoine anton antonio antony archie arne arnold arthur
    arturo ashok austin axel barack barry bashar bart ben benedict benito benjamin bernard bernardo bernie
    bert bill billy bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan byron
    caleb calvin cameron carl carlos cedric cesar charles charlie chester chris christian christopher
    chuck clarence claude claudio clement clifford clint clive colin conor conrad craig curtis cyril dale
    damian damien dan daniel danny darren dave david dean dennis derek desmond diego dieter dirk dmitri
    dmitry dominic don donald douglas duncan dustin dwight earl ed eddie edgar eduardo edmund edward edwin
    egon eli elijah elliot elon elvis emanuel emil emilio emmanuel enrico enrique eric erik ernest ernesto
    erwin ethan eugene evan evo fabio faisal federico felix ferdinand fernando fidel floyd francesco
    francis francisco francois frank franklin franz fred frederick fredrik friedrich fritz gabriel gareth
    garry gary gavin gene geoff geoffrey george georges gerald gerard gerhard giacomo gilbert gino giorgio
    giovanni giuseppe glen glenn gordon graeme graham grant greg gregory guido guillermo gunther gus
    gustav guy hamid hans harald harold harry harvey hassan hector heinrich helmut henri henrik henry
    herbert herman hiroshi horst howard hubert hugh hugo hussein ian ibrahim igor imran isaac ismail ivan
    ivo jack jacob jacques jaime jake jakob james jamie jan janusz jared jason javier jay jeff jeffrey
    jens jeremy jerome jerry jesus jim jimmy joachim joao joaquin joe joel johan johann john johnny jon
    jonas jonathan jorge jose josef joseph josh joshua juan jules julian julio julius jurgen justin kaiser
    karl keith ken kenneth kenji kevin khalid kirk klaus kofi konrad kurt kyle larry lars laurent lawrence
    lee leo leon leonard leonardo leonid leopold leroy leslie lewis liam lionel lloyd logan lorenzo louis
    luca lucas luciano ludwig luigi luis luiz luke mahmoud malcolm manfred manmohan manuel marc marcel
    marcello marcelo marco marcos marcus mario mark markus martin marty marvin mateo matt matteo matthew
    matthias maurice mauricio max maxim maximilian mehmet mel melvin michael michel miguel mike mikhail
    milan milton mitch mitt mohamed mohammad mohammed morgan muhammad murray mustafa narendra nathan
    nathaniel ned neil nelson niall nicholas nick nicolas nigel niklas nikola nikolai noah noel norman
    olaf oleg oliver olivier omar orlando oscar osama oskar otto owen pablo paolo pascal patrick paul
    pavel pedro per percy perry pervez pete peter petr phil philip philippe phillip pierre piers pietro
    quentin rafael rahul raj ralph ramon raul ray raymond recep reginald reinhard rene rex ricardo
    riccardo richard rick ricky rob robert roberto rodney rodrigo roger roland rolf roman ron ronald rory
    ross roy rudolf rudy rupert russell ryan salman salvador salvatore sam samuel scott sean sebastian
    serge sergei sergey sergio seth shane shaun shinzo sid sidney silvio simon stanislav stanley stefan
    stephen steve steven stuart sven taro ted terence terry theo theodore thierry thomas tim timothy
    tobias todd tom tommy tony travis trevor tyler ulrich umberto uwe valentin viktor vincent vince
    vinicius vitaly vladimir volodymyr wallace walter warren wayne wendell werner wilfred wilhelm will
    william willie winston wolfgang xavier yasser yitzhak yuri yusuf yves zachary zoltan
    """
)

# Chinese, Korean and Vietnamese family names: they stand first ("Choi Dae-jung": later "Choi"). Japanese
# names are left out, since English news mostly turns them round.
FAMILY_NAME_FIRST = words(
    """
    ahn an ban bae baek bui cai cao cha chan chang chen cheng cheong chiang cho choe choi chon chong chow
    chu chun chung dang ding do dong duan fan fang feng fu gao gong gu guo ha hahm han he heo ho hong hu
    hua huang huh hwang im jang jeon jeong ji jia jiang jin jo joo ju jun jung kang kim ko koo ku kwak
    kwon lai lam lau law le lee lei leung li liang liao lim lin ling liu lo long lu luo luong ly ma mao
    meng min moon mun na nam ngo nguyen no noh oh ong ouyang paek pak pan park peng pham pyo qi qian qiao
    qin ri rim ro roh ryu seo seok shao shen shi shim shin sim sin so son song su suh sun sung tan tang
    tao tian tran trinh tsai tse tu tuan vo vu wan wang wei wen wong woo wu xi xia xiao xie xiong xu xue
    yan yang yao ye yeo yi yim yin yong yoo yoon you yu yuan yun zeng zhai zhang zhao zheng zhou zhu zou
    """
)
