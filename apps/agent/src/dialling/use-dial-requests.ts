import { useEffect } from "react";
import { type DialRequest, numberIn, takeDialRequest } from "./dial-request.ts";

/**
 * Tells of each number that is to be called: the one that the page was opened for (a `tel:` link, another page's click), and one that is pasted
 * anywhere but into a text. Both only fill in the sheet: it is the operator who calls.
 */
export function useDialRequests(onRequest: (request: DialRequest) => void): void {
  useEffect(() => {
    const look = () => {
      const request = takeDialRequest(window);
      if (request !== null) onRequest(request);
    };
    const onPaste = (event: ClipboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const number = numberIn(event.clipboardData?.getData("text/plain") ?? "");
      if (number === null) return;
      event.preventDefault();
      onRequest({ number, from: null });
    };
    look();
    window.addEventListener("hashchange", look);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("hashchange", look);
      window.removeEventListener("paste", onPaste);
    };
  }, [onRequest]);
}
