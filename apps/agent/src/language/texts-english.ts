import app from "../app/texts.en.json" with { type: "json" };
import desk from "../desk/texts.en.json" with { type: "json" };
import signIn from "../sign-in/texts.en.json" with { type: "json" };

/** What is shown first, in English; the trace page brings its own texts when it is opened. */
export const textsEnglish = { app, desk, signIn };
