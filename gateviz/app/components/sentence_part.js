// The part of the Gradients page that is on a sentence, as a component of Streamlit.

import { mountSentencePart } from "../../viewer/js/gradients/sentence_part.js";
import { fetchModel } from "./fetch_file.js";

export default mountSentencePart(fetchModel);
