import app from "../app/texts.en.json" with { type: "json" };
import controls from "../call-controls/texts.en.json" with { type: "json" };
import callbacks from "../callbacks/texts.en.json" with { type: "json" };
import desk from "../desk/texts.en.json" with { type: "json" };
import dialling from "../dialling/texts.en.json" with { type: "json" };
import guided from "../guided-script/texts.en.json" with { type: "json" };
import myDay from "../my-day/texts.en.json" with { type: "json" };
import signIn from "../sign-in/texts.en.json" with { type: "json" };
import softphone from "../softphone/texts.en.json" with { type: "json" };
import voicemail from "../voicemail/texts.en.json" with { type: "json" };

/** What the desk shows, in English; the trace page brings its own texts when it is opened. */
export const textsEnglish = { app, callbacks, controls, desk, dialling, guided, myDay, signIn, softphone, voicemail };
