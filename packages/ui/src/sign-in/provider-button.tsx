import { LogIn } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../button/button.tsx";
import { Notice } from "../notice/notice.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import {
  arrivedTicket,
  leaveForProvider,
  type ProviderPage,
  type ProviderTicket,
  signInBeside,
} from "./provider-sign-in.ts";

export interface ProviderButtonProps {
  /** What the company calls it. */
  label: string;
  page: ProviderPage;
  /** Its code; empty: the only one there is. */
  company: string;
  /** This page must stay as it is: the sign-in gets a window of its own. */
  beside?: boolean;
  /** The one thing to do here. */
  primary?: boolean;
  busy?: boolean;
  /** Has the focus from the start. */
  autoFocus?: boolean;
  onTicket: (ticket: ProviderTicket) => void;
}

/** Signs in by the company's identity provider. */
export function ProviderButton(props: ProviderButtonProps) {
  const { label, page, company, beside, primary, busy, autoFocus, onTicket } = props;
  const text = useUiText();
  const [blocked, setBlocked] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const listening = useRef<() => void>(undefined);
  useEffect(() => () => listening.current?.(), []);
  const inWindow = beside || window.parent !== window;
  const begin = () => {
    if (!inWindow) {
      setLeaving(true);
      return void leaveForProvider(page, company);
    }
    listening.current?.();
    const { opened, close } = signInBeside(page, company, onTicket);
    listening.current = close;
    setBlocked(!opened);
  };
  return (
    <>
      {blocked && <Notice kind="warning">{text("signInWindowBlocked")}</Notice>}
      <Button
        kind={primary ? "primary" : "secondary"}
        size="large"
        wide
        icon={LogIn}
        busy={busy === true || leaving}
        autoFocus={autoFocus}
        onClick={begin}
      >
        {label}
      </Button>
    </>
  );
}

/** Gives what this page was led back with, once. */
export function useArrivedTicket(page: ProviderPage, onTicket: (ticket: ProviderTicket) => void): void {
  const given = useRef(onTicket);
  given.current = onTicket;
  useEffect(() => {
    const arrived = arrivedTicket(page);
    if (arrived) given.current(arrived);
  }, [page]);
}
