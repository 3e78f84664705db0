import "@cordboard/ui/tokens.css";
import "@cordboard/ui/base.css";
import { type Language, UiLanguage } from "@cordboard/ui";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { DeskScreens } from "../src/app/app.tsx";
import { createTexts, showLanguage } from "../src/language/create-texts.ts";
import { DeskContext } from "../src/session/desk-context.tsx";
import { newest, seen, silentRing, stillDesk, stillSoftphone } from "../src/testing/still-desk.ts";
import { galleryAnswers } from "./answers.ts";
import { gallerySignInWays } from "./sign-in-ways.ts";
import { gallerySoftphones } from "./softphones.ts";
import { galleryStates } from "./states.ts";
import { TraceSpecimen } from "./trace-specimen.tsx";

/**
 * The agent in each of its states, without a server: `?state=offered&language=fr&theme=dark`. Without a state, links to all of them.
 * `?state=trace` is the trace of a call.
 */
const address = new URLSearchParams(location.search);
const theme = address.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
const first: Language = address.get("language") === "fr" ? "fr" : "en";
document.documentElement.lang = first;
const texts = await createTexts(first);
const states = galleryStates(Date.now());
const name = address.get("state") ?? "";
const state = states[name];
const answers = { ...galleryAnswers(Date.now()), "signIn.ways": gallerySignInWays(name) };
const desk = state && stillDesk(state, answers);

const ring = silentRing("ready");
const headset = { id: "headset", label: "Jabra Evolve2 65 (0b0e:0315)" };
const ringsAnywhere = { ...ring, output: { ...ring.output, list: async () => [headset] } };

function Shown() {
  const [language, setLanguage] = useState(first);
  const onLanguage = (wanted: Language) => void showLanguage(texts, wanted).then(() => setLanguage(wanted));
  return (
    <I18nextProvider i18n={texts}>
      <UiLanguage language={language}>
        {name === "trace" ? (
          <TraceSpecimen language={language} />
        ) : desk === undefined ? (
          <Contents />
        ) : (
          <DeskContext
            desk={desk}
            ring={ringsAnywhere}
            inFront={seen}
            updates={newest}
            softphone={stillSoftphone(gallerySoftphones[name])}
          >
            <DeskScreens language={language} onLanguage={onLanguage} />
          </DeskContext>
        )}
      </UiLanguage>
    </I18nextProvider>
  );
}

function Contents() {
  return (
    <ul>
      {[...Object.keys(states), "trace"].map((each) => (
        <li key={each}>
          {each}:{" "}
          {(["fr", "en"] as const).flatMap((language) =>
            (["light", "dark"] as const).map((colours) => (
              <a key={language + colours} href={`?state=${each}&language=${language}&theme=${colours}`}>
                {language} {colours}{" "}
              </a>
            )),
          )}
        </li>
      ))}
    </ul>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <Shown />
  </StrictMode>,
);
