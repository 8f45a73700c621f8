"""Sentences of a book that no model was trained on, of 30 to 90 characters, as a person would type them. No torch."""

ALICE: tuple[str, ...] = (
    "Alice was beginning to get very tired of sitting by her sister on the bank.",
    '"And what is the use of a book," thought Alice, "without pictures or conversations?"',
    "There was nothing so very remarkable in that.",
    "Down, down, down. Would the fall never come to an end?",
    '"I wonder how many miles I\'ve fallen by this time?" she said aloud.',
    "The rabbit-hole went straight on like a tunnel for some way.",
    '"What a curious feeling!" said Alice; "I must be shutting up like a telescope."',
    'She ate a little bit, and said anxiously to herself, "Which way? Which way?"',
    '"Curiouser and curiouser!" cried Alice.',
    "Poor Alice! It was as much as she could do, lying down on one side.",
    '"You ought to be ashamed of yourself," said Alice, "a great girl like you."',
    "The Mouse gave a sudden leap out of the water.",
    '"Would it be of any use, now," thought Alice, "to speak to this mouse?"',
    "It was high time to go, for the pool was getting quite crowded.",
    '"Why, Mary Ann, what are you doing out here?"',
    "The Caterpillar and Alice looked at each other for some time in silence.",
    '"Who are you?" said the Caterpillar.',
    "\"I can't explain myself, I'm afraid, sir,\" said Alice.",
    "The cook threw a frying-pan after her as she went, but it just missed her.",
    '"Would you tell me, please, which way I ought to walk from here?"',
    "There was a table set out under a tree in front of the house.",
    '"Take some more tea," the March Hare said to Alice, very earnestly.',
    '"Off with her head!" the Queen shouted at the top of her voice.',
    "At this the whole pack rose up into the air, and came flying down upon her.",
)
"""Of Alice's Adventures in Wonderland by Lewis Carroll (1865), in the public domain; four are cut short."""
