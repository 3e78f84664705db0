import { useEffect } from "react";
import { type DialRequest, numberIn, takeDialRequest } from "./dial-request.ts";

/**
 * Tells of each number that is to be called: the one that the page was opened for (a `tel:` link, another page's click), and one that is pasted
 * anywhere but into a text. The sheet is filled in with it; whether it is called at once is the sheet's to say.
 */
export function useDialRequests(onRequest: (request: DialRequest) => void): void {
  useEffect(() => {
    const look = () => {
      const request = takeDialRequest(window);
      // Who changed the address of a page that is open is not known.
      if (request !== null) onRequest({ ...request, from: null });
    };
    const onPaste = (event: ClipboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const number = numberIn(event.clipboardData?.getData("text/plain") ?? "");
      if (number === null) return;
      event.preventDefault();
      onRequest({ number, from: null });
    };
    const first = takeDialRequest(window);
    if (first !== null) onRequest(first);
    window.addEventListener("hashchange", look);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("hashchange", look);
      window.removeEventListener("paste", onPaste);
    };
  }, [onRequest]);
}
