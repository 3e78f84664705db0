import app from "../app/texts.fr.json" with { type: "json" };
import controls from "../call-controls/texts.fr.json" with { type: "json" };
import callbacks from "../callbacks/texts.fr.json" with { type: "json" };
import desk from "../desk/texts.fr.json" with { type: "json" };
import dialling from "../dialling/texts.fr.json" with { type: "json" };
import guided from "../guided-script/texts.fr.json" with { type: "json" };
import myDay from "../my-day/texts.fr.json" with { type: "json" };
import signIn from "../sign-in/texts.fr.json" with { type: "json" };
import softphone from "../softphone/texts.fr.json" with { type: "json" };
import voicemail from "../voicemail/texts.fr.json" with { type: "json" };

/** What the desk shows, in French. */
export const textsFrench = { app, callbacks, controls, desk, dialling, guided, myDay, signIn, softphone, voicemail };
