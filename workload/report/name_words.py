"""Words that decide whether a typed word is a person: ordinary words that are names too, titles, places, what people do.

"Grant", "Long" or "May" in a typed sentence is seldom the therapist of that name, "Renfrow" nearly always is. A word of
this list counts as a person only where the sentence treats it as one. The list is the project's own; a word that is
missing here makes a packet be refused once too often and never once too seldom.
"""

from __future__ import annotations

NAMES_TOO = """
january february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday spring summer autumn fall winter winters day days week weeks month months year
am an and are as at be but by can do had has have he her him his how in is it its let may me more most my no nor not of
off on one or our out own per see she so than that the their them then there these they this those to too two up us was
we were what when where which who whose why will with yes you your all also any both each few first last less many
much next only other same second some such third under until very while
able act add age aim air alter angel apple archer arch archway arm arms armor arrow art ash aspen aster baker ball
band bank banks bar barber bard bark barn barnes base bass batch baton bay beach bean bear beard beck bee bell belle
bench berry best better bill bills bird birch bishop black blade blank bliss block blood bloom blossom blue board bolt
bond bone bonds book booker boon booth boss bow bowl bowman box boy brace brand branch brave bridge bridges bright
brook brooke brooks brown buck budge budget bull bunch bunker burden burn burns bush butcher butler butter button
cage cain call camp candy cane canyon cap care carpenter carry cart carter carver case cash castle cave chance chain
champion chance chandler chase check cherry chess chew child childs childers china chip choice church clay clear
clever cliff clock close cloud clover coach coast cobb cole coal coffee coin cold college colt comfort constant cook
cooper corn corner cost cotton counts court courts cove cover cox craft crane cream creek crew crisp cross crow crown
crystal cruise cup curry curtain daily daisy dale dance dark dash dawn deal dean dear deal deer dell den destiny
dial dice dish dixie dock dollar done door dove down downs drake draw drew drum drummer duck duke dunn dusty dyer
eagle earl early ease east eastman easy echo edge ellis elm else elder ember emerald english ernest essence evening
ever every fair fairchild faith falcon falls farmer farrow fast fate fawn feather fern field fields fight file finch
fine finn fish fisher flag flax fleet flint flood flora flower flowers floor fly folk fond foot force ford foreman
forest forester fort forth foster fountain fox frank free freed freedom freeman french fresh friend friendly frost
fry fuller fund funk gain gale game garden gardener gardner garland garner garnet gate gates gem genesis gentle gentry
germany giant gift gilbert ginger given glade glass glen glory glover gold golden good goodman goodwin gore grace
graft grain grand grange grant grants grass grave graves gray green greenwood grey grief grim groom gross ground grove
groves guard guest guide gunn guy hack hale half hall halls ham hammer hand hands handy harbor hard hardy harm harmony
harp harper hart harvest haven hawk hawkins hay hayes haze hazel head heard heart heath heather heaven heavy hedge
held helm help henry herald herring hero high highland hill hills hint hobby hold holder hole holiday holly home
honest honey honor hood hook hooks hope horn horne horse house houses howe huff hull human hunt hunter hurt hyde ice
ides imagine indigo iris iron irons island ivory ivy jack jade jasmine jasper jay jet jewel job jobs john join joiner
jolly journey joy judge juniper just justice keen keep keeper kent kern key keys kind king kings kirk kiss kit kite
knight knot know lace lack lad lake lamb lamp lance land landing lane lark lash lass late laurel law lawn laws lawyer
lay leader leaf leak lean leap leave leaves led lee left legend lemon lent level liberty light lights lilac lily lime
line lines link lion list little live lively lock locks lodge loft logan lone long longer look loop lord lot lots
loud love low loyal luck lucky lynch lynx lyric mace mad made maiden main major maker mall man mann manner manor
maple marble march marches marina mark market marks marks marsh marshal marshall martin mason mass master masters
match matter maverick mayor mead meadow meadows means melody mercer mercy merit merry might miles mill miller mills
minor mint miracle miss mister mix money moon moor moore moral morning moss moth mound mount moves mule mull myth
nail nash nature neat need neely never new newly newman nice nickel nix noble noel north norm nova oak oaks ocean odd
olive onyx opal orange orchard order otter outlaw page paige paint painter pace pack palm palmer pane paper paris
park parker parks parrot parson parsons part parts pass past pastor pat patch patience path paul pay payne peace peach
peacock peak pearl pearls pen penny pepper perch perfect peters petty pier pike pilot pine pink pipe piper pitt place
plain plan plane plant plum poe pole polite pond pool poole poor pop pope poplar port porter posey post pot potter
potts pound pounds power powers praise precious presence price pride priest prime prince princess prior proctor
promise proper prosper proud prudence pruitt pugh pure purple quail quarry queen quick quest quill rabbit race radar
rain raines rains ram ranch random range ranger raven ray rays read reader ready real reason red redd redman reed
reef reeves reign remedy rest reward rice rich riches ride rider ridge right ring rings riser rising river rivers road
roads roan rob robin rock rocks rod rogue role roll roman romance rook room roots rose rough round rover row ruby rue
rule run rush russet rust ruth sack sadler saddler sage sail saint sales salmon salt sample sand sanders sands
sapphire savage save savanna sawyer saylor say scarlet school scout sea seal search season sell senior serenity
service sew sexton shade shadow sharp shaw shell shepherd sheriff shield shine ship shore short shows sides sierra sign
silk silver singer single singletary sizemore skill skipper sky slate slaughter slim sloan slope small smart smith
smoke snow sol sole son song sons soul south sparks speaker speed spence spicer spike spring sprout sprouts square
staff stage stalker star stark stars start state states stay steel steele step stephens sterling stern steward still
stock stocks stoke stone stoner stones storm story stout strange stream street strong style sugar sum summers sun
sunny supply sure swan sweat sweet sweeney swift swim sword sylvan table tack tailor tall tan tanner target tate
taylor teal temple tempest term terms test thatcher thin thorn thorne thrift thrower thunder tiger till tiller timber
time times tin tipton titus to today toll tone tony top torch tower towers town towns trace tract trail train travel
travis treasure tree trinity trip trotter trout true truly trust truth trial tucker turner tyler union unity usher
vale valentine valley van vance vane venture verity vest vice victor victory vine viola violet virtue vista vogue
voice void wade wages wagner wagon wake walk walker wall waller walls walter want ward wards ware warm warner warren
wash waste watch water waters watt watts wave waves way wayne ways weaver web webb weber welch well wells west
western wheat wheel wheeler whistler white wick wide wild wilder wiley will willing willow wills wind winder window
wine wing wings wise wish witty wolf wolfe wonder wood wooden woods wool word words work workman works world worth
wren wright yard yarn yates yield york young younger zion
alabama arizona austin boston brooklyn carolina charlotte chelsea cheyenne cleveland columbus dakota dallas denver
florence florida georgia houston indiana israel jackson jefferson jordan kansas lincoln london madison memphis
montana nevada phoenix orlando regina salem savannah sidney sydney trenton tyler vienna virginia washington
agency agencies contractor contractors vacant vacancy temp temporary sub substitute float unfilled hire hired staff therapist assistant tbd tba nobody
"""
TITLES = "mr mrs ms miss mx dr prof professor sr sra srta senor senora"
BEFORE_NAMES = "van von der den de del della di da dos das du la las le los el al bin ben mac mc st o d"
AFTER_NAMES = "jr sr ii iii iv phd otd otr otrl l r otl cota ota ot ms mot mots ma med ba bs"
PLACES = """
school schools elementary primary middle high intermediate junior academy preschool prek kindergarten k early campus
center centre building hall annex county parish borough city town township village district unified isd usd cusd board
street st avenue ave road rd drive lane boulevard court place way park lake creek river hills heights valley bridge
library museum church hospital clinic university college institute foundation fund grant act award program model method
scale test inventory assessment survey
"""
MONTHS = "january february march april may june july august september october november december"
COVERED = "cover covers covering covered replace replaces replacing backfill thank thanks ask asks"
OF_A_PERSON = """
leave absence caseload students position post contract hours week schedule retirement resignation return replacement
maternity parental sick job
"""
DOES = "returns retires retired retiring resigns resigned leaves"


def listed(text: str) -> frozenset[str]:
    """The words of a list above."""
    return frozenset(text.split())
