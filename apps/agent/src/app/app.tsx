import type { ScreenLanguage } from "@cordboard/api";
import { Loading, UiLanguage, Unreachable } from "@cordboard/ui";
import type { i18n } from "i18next";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { I18nextProvider } from "react-i18next";
import { showLanguage } from "../language/create-texts.ts";
import { rememberLanguage, screenLanguage } from "../language/screen-language.ts";
import { DeskContext, type Session, useDesk } from "../session/desk-context.tsx";
import { SignInPage } from "../sign-in/sign-in-page.tsx";
import { FaultBoundary } from "./fault-boundary.tsx";
import { useHash } from "./use-hash.ts";

const CallTrace = lazy(() =>
  import("../call-trace/call-trace-page.tsx").then(({ CallTracePage }) => ({ default: CallTracePage })),
);

/** What is seldom open is fetched on its own, right after the first drawing: an agent that is open all day must have it by then. */
const loadPrepare = () => import("../sign-in/prepare-page.tsx");
const PreparePage = lazy(() => loadPrepare().then((module) => ({ default: module.PreparePage })));

/** Not needed to sign in, and there by the time that one has. */
const loadDesk = () => import("../desk/desk-page.tsx");
const DeskPage = lazy(() => loadDesk().then((module) => ({ default: module.DeskPage })));

type Program = Omit<Session, "softphone"> & {
  texts: i18n;
  loadSoftphone: () => Promise<NonNullable<Session["softphone"]>>;
};

/** The agent: an operator's desk, and under `#calls` the call traces for supervisors. Two programs in one page, never both at once. */
export function App({ texts, loadSoftphone, ...session }: Program) {
  const { desk } = session;
  const [softphone, setSoftphone] = useState<Session["softphone"]>(null);
  const hash = useHash();
  const state = useSyncExternalStore(desk.subscribe, desk.getState, desk.getState);
  // `#sign-in/calls/…`: led back there by the company's identity provider.
  const atCalls = hash.startsWith("#calls") || hash.startsWith("#sign-in/calls/");
  const operator = atCalls ? undefined : state.view?.operator;
  const [chosen, setChosen] = useState<{ language: ScreenLanguage; by: string | undefined } | null>(null);
  // The account's language, unless its owner chose another one here; before anybody has signed in, the browser's.
  const own = chosen?.by === operator?.operatorId ? chosen?.language : undefined;
  const wanted = own ?? operator?.language ?? chosen?.language ?? screenLanguage();
  const language = useLanguageOf(texts, wanted);
  const onLanguage = (asked: ScreenLanguage) => setChosen({ language: asked, by: operator?.operatorId });

  useEffect(() => {
    document.documentElement.lang = language;
    rememberLanguage(language);
    document.querySelector("link[rel=manifest]")?.setAttribute("href", `/agent/manifest.${language}.webmanifest`);
  }, [language]);

  useEffect(() => {
    void loadPrepare().catch(() => undefined);
    if (!atCalls) void loadDesk().catch(() => undefined);
    if (!atCalls) void loadSoftphone().then(setSoftphone, () => undefined);
  }, [atCalls, loadSoftphone]);
  useEffect(() => {
    if (!atCalls && desk.getState().phase === "loading") void desk.start();
  }, [desk, atCalls]);

  return (
    <I18nextProvider i18n={texts}>
      <UiLanguage language={language}>
        <FaultBoundary>
          <DeskContext {...session} softphone={softphone}>
            {atCalls ? (
              <Suspense fallback={<Loading />}>
                <CallTrace hash={hash} language={language} onLanguage={onLanguage} />
              </Suspense>
            ) : (
              <DeskScreens language={language} onLanguage={onLanguage} />
            )}
          </DeskContext>
        </FaultBoundary>
      </UiLanguage>
    </I18nextProvider>
  );
}

/** The language that the texts are in: the wanted one as soon as its texts are there. */
function useLanguageOf(texts: i18n, wanted: ScreenLanguage): ScreenLanguage {
  const [shown, setShown] = useState(wanted);
  useEffect(() => {
    let current = true;
    const arrived = () => {
      if (current) setShown(texts.language === "fr" ? "fr" : "en");
    };
    if (texts.language === wanted) arrived();
    else void showLanguage(texts, wanted).then(arrived);
    return () => {
      current = false;
    };
  }, [texts, wanted]);
  return shown;
}

type Screens = { language: ScreenLanguage; onLanguage: (language: ScreenLanguage) => void };

/** The desk in the phase that it is in. */
export function DeskScreens(props: Screens) {
  const { desk, state } = useDesk();
  switch (state.phase) {
    case "loading":
      return <Loading />;
    case "unreachable":
      return <Unreachable onRetry={() => void desk.start()} />;
    case "signedOut":
      return <SignInPage {...props} />;
    case "preparing":
      return (
        <Suspense fallback={<Loading />}>
          <PreparePage />
        </Suspense>
      );
    case "atDesk":
      return (
        <Suspense fallback={<Loading />}>
          <DeskPage {...props} />
        </Suspense>
      );
  }
}
