import type { ScreenLanguage } from "@cordboard/api";
import { UiLanguage } from "@cordboard/ui";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import type { SoundState } from "../alerts/create-ring.ts";
import { createTexts } from "../language/create-texts.ts";
import { DeskContext } from "../session/desk-context.tsx";
import { type DeskState, initialState } from "../session/desk-state.ts";
import type { SoftphoneState } from "../softphone/softphone-state.ts";
import { aView } from "./a-view.ts";
import { newest, seen, silentRing, stillDesk, stillSoftphone } from "./still-desk.ts";

/** Something of the desk as markup: the whole, its words, and the words of its buttons. */
export async function drawn(
  children: ReactNode,
  part: Partial<DeskState> = {},
  {
    language = "fr",
    sound = "ready",
    softphone = {},
  }: { language?: ScreenLanguage; sound?: SoundState; softphone?: Partial<SoftphoneState> } = {},
) {
  const texts = await createTexts(language);
  const state: DeskState = {
    ...initialState,
    phase: "atDesk",
    link: { status: "connected" },
    view: aView({}),
    ...part,
  };
  const html = renderToStaticMarkup(
    <I18nextProvider i18n={texts}>
      <UiLanguage language={language}>
        <DeskContext
          desk={stillDesk(state)}
          ring={silentRing(sound)}
          inFront={seen}
          updates={newest}
          softphone={stillSoftphone(softphone)}
        >
          {children}
        </DeskContext>
      </UiLanguage>
    </I18nextProvider>,
  );
  const plain = (markup: string) => markup.replaceAll(/<[^>]*>/g, "").replaceAll("&#x27;", "'");
  const buttons = [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, inside = ""]) => plain(inside));
  return { html, words: plain(html), buttons };
}
