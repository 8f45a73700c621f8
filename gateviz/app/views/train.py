"""Train: the three cells learn before one's eyes, and what ships is shown as it learnt."""

from gateviz.app.components import article, controls, film, notices, papers_table, skeleton, training_settings
from gateviz.app.computed import models, trainings
from gateviz.app.state import address
from gateviz.app.state.language import translator
from gateviz.app.state.session import session

say = translator()
controls.show_header(say)
training_settings.show(say)
if session.link_left_out:
    notices.show(say("notice.link"), kind="remark", key="link_notice")
address.write_training(say.language)
with skeleton.until_loaded(say):
    models.load_torch()
trainings.pool().warm_up()
film.show(session.film, say)
papers_table.show(say)
article.show("train", say)
