import { isAllowed, type ScreenLanguage } from "@cordboard/api";
import { EmptyState, IconButton, Loading, Logo } from "@cordboard/ui";
import { Compass, Menu } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, Route, Routes, useLocation } from "react-router";
import { Commands, CommandsButton } from "../features/commands/index.ts";
import { AccountMenu } from "./account-menu.tsx";
import { FaultBoundary } from "./fault-boundary.tsx";
import { Navigation } from "./navigation.tsx";
import { pagesFor } from "./pages.ts";
import { useSignedIn } from "./session-context.tsx";
import styles from "./shell.module.css";
import { usePlaceCommands } from "./use-place-commands.tsx";
import { WholeWindowContext } from "./whole-window.ts";

/**
 * What stands around every page: the navigation at the left, and the page. A page that needs the whole window (the canvas) says so by
 * `useWholeWindow`.
 */
export function Shell(props: { language: ScreenLanguage; onLanguage: (language: ScreenLanguage) => void }) {
  const { t } = useTranslation("app");
  const signedIn = useSignedIn();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const [whole, setWhole] = useState(false);
  const allowed = pagesFor(signedIn);
  const first = allowed[0];
  // A page that was chosen is what one wants to see.
  // biome-ignore lint/correctness/useExhaustiveDependencies: on each change of the address
  useEffect(() => setOpen(false), [pathname]);
  return (
    <Commands usePlaces={usePlaceCommands}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button opened */}
      <div
        className={styles.shell}
        data-whole={whole || undefined}
        onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
      >
        <a className={styles.skip} href="#content">
          {t("skip")}
        </a>
        <header className={styles.side} data-open={open || undefined}>
          <div className={styles.brand}>
            <Link className={styles.home} to="/">
              <Logo name />
            </Link>
            <span className={styles.menu}>
              <IconButton
                icon={Menu}
                label={t(open ? "menu.close" : "menu.open")}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              />
            </span>
          </div>
          <div className={styles.fold}>
            <CommandsButton />
            <Navigation pages={allowed} />
            <AccountMenu {...props} />
          </div>
        </header>
        <main className={styles.main} id="content" tabIndex={-1}>
          <WholeWindowContext value={setWhole}>
            <FaultBoundary part key={pathname.split("/")[1]}>
              <Suspense fallback={<Loading />}>
                <Routes>
                  {first && <Route index element={<Navigate to={`/${first.path}`} replace />} />}
                  {allowed.map(({ path, Page }) => (
                    <Route key={path} path={`/${path}/*`} element={<Page />} />
                  ))}
                  <Route
                    path="*"
                    element={
                      <EmptyState icon={Compass} heading title={t("nowhere")}>
                        {isAllowed(signedIn.role, "read", "flows") ? t("nowhere.words") : t("nowhere.role")}
                      </EmptyState>
                    }
                  />
                </Routes>
              </Suspense>
            </FaultBoundary>
          </WholeWindowContext>
        </main>
      </div>
    </Commands>
  );
}
