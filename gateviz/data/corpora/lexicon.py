"""Common English nouns, verbs, adjectives and names, by what a sentence does with them: some 1,300 words. No torch."""


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(sorted(set(" ".join(lines).split())))


PEOPLE = _words(
    "actor actress aunt author baker banker boy brother captain cat chef chief child consultant cook cousin customer",
    "dancer daughter doctor dog driver engineer expert farmer father friend girl guest horse judge king lawyer leader",
    "man manager mechanic minister mother mouse musician neighbor nurse officer painter parent person pilot player "
    "poet",
    "president prince professor queen scientist senator singer sister skater soldier son student surgeon teacher",
    "tourist visitor woman worker writer bird cow executive architect assistant guard fish adult agent alien ancestor",
    "angel animal ant ape artist astronaut athlete baby bachelor barber bat bear bee beetle beggar boss bride bull",
    "butcher butterfly camel candidate carpenter cheetah chicken citizen classmate cleaner clerk clown coach colleague",
    "comedian companion composer conductor cowboy crab criminal critic crocodile dad deer dentist designer detective",
    "dinosaur director dolphin donkey dragon duck eagle editor elephant elf employee enemy expert explorer fairy fan",
    "firefighter fisherman fly fox frog gardener general genius gentleman ghost giant giraffe goat goose gorilla",
    "grandfather grandmother grandson granddaughter hamster hen hero hunter husband hippo historian host idiot infant",
    "insect inspector inventor journalist kangaroo kid kitten knight lady lamb landlord librarian lion lizard lover",
    "magician maid mayor member mom monkey monster mosquito neighbour nephew niece owl owner panda parrot partner",
    "passenger patient penguin philosopher photographer physicist pig pigeon pirate plumber policeman policewoman pony",
    "priest princess prisoner programmer puppy rabbit rat reader rebel referee relative reporter researcher rider",
    "robber robot rooster runner sailor salesman secretary servant shark sheep shepherd snail snake speaker specialist",
    "spider spy squirrel stranger swan swimmer tailor thief tiger tortoise trainer traveler turtle twin uncle vampire",
    "victim villager viewer voter waiter waitress walker warrior whale wife winner witch witness wizard wolf worm "
    "zebra",
    "accountant biologist chemist mathematician psychologist teenager toddler tutor pupil schoolboy schoolgirl "
    "champion",
    "boyfriend girlfriend bodyguard bodybuilder buyer seller dealer dog donor drummer guitarist pianist violinist "
    "emperor",
)
THINGS = _words(
    "apple bag ball bank bed bell boat book bottle box bridge building bus cabinet cake camera car chair church city",
    "class clock computer country cup desk door dress field film flower game garden hat hospital house idea island key",
    "knife lake lamp law letter machine map market meal movie museum novel office page painting paper park party phone",
    "photo picture plan plane plate poem problem question report ring river road rock room school ship shoe shop show",
    "sign song spoon star station story street table ticket tower town train tree truck village wall watch window word",
    "accident address adventure airplane airport album alarm ambulance answer apartment area arm army arrow article",
    "attack attic avenue backpack balcony balloon banana band bar barn basket basement bath bathroom battery battle "
    "bay",
    "beach bean beard bedroom belt bench berry bicycle bike bill blanket block board body bomb bone boot border bowl",
    "branch brain bread brick broom brush bubble bucket bug burger bush business button cactus cafe cage calendar "
    "candle",
    "candy canoe cap capital card carpet carrot cart cartoon case castle cave ceiling cell center century chain",
    "challenge chance chapter cherry chest chip chocolate choice cinema circle circus classroom closet cloth cloud "
    "club",
    "coast coat coffee coin collar college color comb comet company concert cone contest cookie corner couch course "
    "court",
    "cover crayon cream crown cucumber curtain cushion custom dam danger date day deal debate decision delay device",
    "diamond diary dictionary dinner discovery dish document doll dollar drawer drawing dream drink drum ear earring",
    "earthquake egg election elevator email engine entrance envelope error essay evening event exam example exercise",
    "exit experiment explosion eye eyebrow face fact factory farm fear feather fence festival finger fire flag flat",
    "flight floor flute folder foot football forest fork fountain fridge fruit function furnace future galaxy gallery",
    "gap garage gate gift glacier glass globe glove goal grade grape graph guitar gun hair hall hamburger hammer hand",
    "handle harbor heart heater helicopter helmet hill hole holiday home hook hospital hotel hour icon image injury",
    "instrument invention jacket jail jar jeep jewel job joke journey juice jungle keyboard kitchen kite ladder "
    "language",
    "lantern laptop lawn leaf lecture leg lemon lens lesson level library lid lie life light limit line lip list loaf",
    "lock log lorry magazine magnet mall mark mask mat match mattress medal medicine melon memory menu message meter",
    "microphone microscope mile minute mirror mission mistake mode model moment monitor month monument moon morning "
    "motor",
    "mountain mouth mug muscle mushroom name nail napkin nation neck necklace needle nest net network newspaper night "
    "nose",
    "note notebook number oak oar ocean onion opera orange orchard order organ oven package pan pancake panel path "
    "peach",
    "pear pebble pen pencil pepper phrase piano picnic pie piece pillow pin pineapple pipe pizza place planet plant",
    "platform playground plum pocket point pond pool port post poster pot potato power present price prison prize",
    "program project promise proof puddle pump pumpkin puzzle pyramid quiz rail railway rainbow reason recipe record",
    "region rest restaurant result reward ribbon riddle roof rope rose route ruler rule sail salad sandwich saucer "
    "scale",
    "scarf scene schedule science score screen sculpture sea season seat secret sentence shadow shelf shell shield",
    "shirt shoulder shovel shower side signal sink size skirt skyscraper smell snack sock sofa software soup sound "
    "space",
    "speech sport spot square stadium stage stair stamp statue step stick stomach stone storm stove straw strawberry",
    "stream string suit suitcase summer supermarket surprise sweater switch sword symbol system tail tale tank tap "
    "task",
    "taste taxi team tear telephone telescope television temple tent test text theater theory thing thought thumb tie",
    "tomato tongue tool tooth toothbrush topic towel toy track tractor trail trip truth tube tunnel umbrella",
    "uniform universe university valley van vase vehicle video view violin virus visit volcano vote wage waterfall "
    "wave",
    "weapon website wedding week weekend wheel wing winter wire wish world yacht yard year zoo zone app file folder "
    "link",
    "paragraph password printer scanner server tablet equation formula triangle molecule atom tram subway crosswalk",
)
ADJECTIVES = _words(
    "angry asleep bad beautiful big black blue brave busy calm cheap clean clever cold dangerous dark empty expensive",
    "famous friendly funny good green happy heavy hot huge hungry important interesting kind large late lazy little",
    "lonely lost loud modern new nice old open ordinary poor popular pretty proud quick quiet ready red rich sad safe",
    "short shy sick silent slow small strange strong tall tired ugly unpopular useful warm weak white wise wrong young",
    "afraid alive alone amazing ancient awake awful awesome bitter blind bored boring brown bright broken careful "
    "cheerful",
    "closed cloudy comfortable common complex cool correct crazy creative cruel curious cute dead deep delicious "
    "different",
    "difficult dirty dry early easy electric elegant evil excellent excited exciting fair false fancy fast fat fine "
    "firm",
    "flat fresh full gentle glad golden gray great grumpy handsome hard healthy helpful high honest hopeful horrible",
    "icy innocent invisible jealous joyful juicy local long lovely low lucky magic married mean messy missing narrow",
    "natural naughty nervous noisy normal odd orange outdated perfect pink plastic pleasant polite possible powerful",
    "purple rare raw real recent rotten round rude scared scary secret selfish serious sharp shiny silly silver simple",
    "sleepy smart smooth soft sour special spicy square stupid successful sunny sweet terrible thick thin thirsty tiny",
    "true typical unhappy unknown upset valuable wet wide wild wonderful wooden worried yellow yummy colorless",
)
INTRANSITIVE = _words(
    "agree appear arrive bark break change come cry dance die disappear eat fall fail fly go grow jump laugh leave lie",
    "live look listen matter move play read rest rise run shine shout sing sit sleep smile speak stand start stay stop",
    "swim talk travel wait walk win work write act age argue ask awake bark begin behave bleed bloom blow blush boil",
    "breathe burn buzz camp cheat cheer chew climb collapse complain compete cost cough crash crawl decide dive dream",
    "drink drive drop drown end escape exercise exist expand explode explain fade feel fight finish float flow freeze",
    "giggle glow graduate happen hate heal hesitate hide hop howl hunt hurry increase joke kneel knock know last lead",
    "learn lose meow melt nap nod occur open panic party pay pray pretend quit rain react relax remain reply return "
    "ride",
    "ring roar roll rush sail scream shake shrink sink ski slip smell smoke sneeze snore snow spin spread study "
    "succeed",
    "suffer surf survive swing tremble try turn understand vanish vote wake wander whisper whistle wonder worry yawn "
    "yell",
    "sparkle spend taste teach think train shop sweat sound stink vary shiver gossip improve",
)
TRANSITIVE = _words(
    "admire avoid bring build buy call carry chase clean draw enjoy find follow forget hate hear help interest know",
    "like love make meet miss need open paint push read remember repair respect see sell show take teach tell trust",
    "understand use visit want wash watch write accept add annoy answer ask attack bake beat bite blame break brush",
    "borrow burn capture catch change check choose climb close collect color compare connect contain control cook copy",
    "count cover create cross cut damage defend deliver describe design destroy discover dislike divide drink drive "
    "drop",
    "eat entertain examine explain explore fear feed fight film fill fix frighten get give grab greet guide hide hit "
    "hold",
    "hug hurt ignore imagine impress improve include influence injure invite invent join keep kick kill kiss lead "
    "learn",
    "leave lend lift lose mention mix move name notice observe offer order own pay photograph pick plant play please",
    "praise prefer prepare present promise protect prove publish pull punish raise reach receive recognize record "
    "refuse",
    "replace rescue rob save say scare search send serve sew share shoot sing smell solve speak spend steal stop study",
    "support surprise surround taste thank threaten throw touch train translate treat turn wear welcome win wrap",
)
UNCOUNTABLE = _words(
    "news mathematics math physics economics politics gymnastics music homework water milk money furniture information",
    "advice weather rain snow ice rice sugar salt butter cheese bread meat traffic luggage luck love peace art history",
    "gold wood air time work knowledge equipment research hair food sand biology chemistry geography tennis football",
    "chess electricity grass honey tea coffee juice soup happiness anger pollution everything something nothing",
)
"""Nouns that take a singular verb, whatever they end in; they have no plural."""

PLURAL_ONLY = _words(
    "police people cattle jeans scissors trousers glasses pants clothes shorts goods thanks surroundings tweezers",
    "headphones pyjamas stairs outskirts savings belongings binoculars leggings tights sunglasses",
)
"""Nouns that take a plural verb, although some end in no s."""

NAMES = _words(
    "tom anna peter mary john lisa paul emma max julia david sarah michael laura james alice bob charlie daniel eva",
    "frank grace harry ivy jack kate leo lucy nina oliver olivia oscar sam sophie tim victoria william zoe li",
    "wang chen maria jose ahmed fatima yuki ivan olga pierre marie hans sherlock watson romeo juliet london paris "
    "china",
    "france america africa europe germany google shakespeare einstein santa grandma grandpa",
)
IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "mouse": "mice",
    "fish": "fish",
    "fisherman": "fishermen",
    "gentleman": "gentlemen",
    "policeman": "policemen",
    "policewoman": "policewomen",
    "salesman": "salesmen",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
    "sheep": "sheep",
    "deer": "deer",
    "knife": "knives",
    "wife": "wives",
    "life": "lives",
    "leaf": "leaves",
    "wolf": "wolves",
    "shelf": "shelves",
    "thief": "thieves",
    "loaf": "loaves",
    "elf": "elves",
    "scarf": "scarves",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "hero": "heroes",
    "quiz": "quizzes",
    "cactus": "cacti",
    "stomach": "stomachs",
    "go": "goes",
    "have": "has",
    "be": "is",
    "quit": "quits",
}
"""What `grammar.inflected` gives for words that follow no rule: a noun's plural, or a verb's third person."""
