import app from "../app/texts.fr.json" with { type: "json" };
import desk from "../desk/texts.fr.json" with { type: "json" };
import signIn from "../sign-in/texts.fr.json" with { type: "json" };

/** What is shown first, in French. */
export const textsFrench = { app, desk, signIn };
