import type { ScreenLanguage } from "@cordboard/api";
import { Loading, UiLanguage, Unreachable } from "@cordboard/ui";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { i18n } from "i18next";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { I18nextProvider } from "react-i18next";
import { BrowserRouter } from "react-router";
import { chosenLanguage, rememberChoice, rememberLanguage, screenLanguage } from "../language/screen-language.ts";
import { FaultBoundary } from "./fault-boundary.tsx";
import { createSession } from "./session.ts";
import { SessionContext, useSession } from "./session-context.tsx";
import { SessionExpired } from "./session-expired.tsx";
import { Shell } from "./shell.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { ApiFault } from "./use-api-query.ts";

/** The designer: whoever is signed in, the navigation, and the page that the address names. */
export function App({ texts }: { texts: i18n }) {
  const { queries, session } = useMemo(() => createServices(texts), [texts]);
  return (
    <I18nextProvider i18n={texts}>
      <QueryClientProvider client={queries}>
        <SessionContext value={session}>
          <BrowserRouter basename="/designer">
            <Screens texts={texts} />
          </BrowserRouter>
        </SessionContext>
      </QueryClientProvider>
    </I18nextProvider>
  );
}

function createServices(texts: i18n) {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What was refused is refused again; only what did not arrive is worth another try.
        retry: (failures, error) => failures < 2 && (!(error instanceof ApiFault) || error.problem.status === 0),
      },
    },
  });
  const session = createSession({
    fetch: (...asked) => fetch(...asked),
    language: () => (texts.language === "fr" ? "fr" : "en"),
    forget: () => queries.clear(),
  });
  return { queries, session };
}

function Screens({ texts }: { texts: i18n }) {
  const { session, state } = useSession();
  const { phase, who } = state;
  const [chosen, setChosen] = useState<{ language: ScreenLanguage; by: string | undefined } | null>(null);
  // The account's language, unless its owner chose another one here; before anybody has signed in, the browser's.
  const own = chosen?.by === who?.user.userId ? chosen?.language : undefined;
  const wanted =
    own ?? (who && chosenLanguage(who.user.userId)) ?? who?.user.language ?? chosen?.language ?? screenLanguage();
  const language = useLanguageOf(texts, wanted);
  const onLanguage = (asked: ScreenLanguage) => {
    setChosen({ language: asked, by: who?.user.userId });
    if (who) rememberChoice(who.user.userId, asked);
  };

  useEffect(() => {
    document.documentElement.lang = language;
    rememberLanguage(language);
  }, [language]);
  useEffect(() => {
    if (session.getState().phase === "loading") void session.start();
  }, [session]);

  return (
    <UiLanguage language={language}>
      <FaultBoundary>
        <Suspense fallback={<Loading />}>
          {phase === "loading" && <Loading />}
          {phase === "unreachable" && <Unreachable onRetry={() => void session.start()} />}
          {phase === "signedOut" && <SignInPage language={language} onLanguage={onLanguage} />}
          {(phase === "signedIn" || phase === "expired") && (
            <Shell key={who?.user.userId} language={language} onLanguage={onLanguage} />
          )}
          {phase === "expired" && <SessionExpired />}
        </Suspense>
      </FaultBoundary>
    </UiLanguage>
  );
}

/** The language that the texts are in: the wanted one as soon as its texts are there. */
function useLanguageOf(texts: i18n, wanted: ScreenLanguage): ScreenLanguage {
  const [shown, setShown] = useState(wanted);
  const asked = useRef(texts.language);
  useEffect(() => {
    let current = true;
    const arrived = () => {
      if (current) setShown(texts.language === "fr" ? "fr" : "en");
    };
    // Not while another language is on its way: it would arrive after this one.
    if (texts.language === wanted && asked.current === wanted) arrived();
    else {
      asked.current = wanted;
      void texts.changeLanguage(wanted).then(arrived);
    }
    return () => {
      current = false;
    };
  }, [texts, wanted]);
  return shown;
}
