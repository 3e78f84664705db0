import { frameHeader } from "@cordboard/api";
import type { Request, Response } from "express";
import { UserError } from "../errors/index.ts";
import type { SessionCookies, SessionKind } from "./handlers.ts";

/** Operators' cookies reach only the desk, users' everything else: one browser can hold both. */
export const sessionCookie = {
  user: { name: "cordboard_user", path: "/api" },
  operator: { name: "cordboard_operator", path: "/api/desk" },
} as const satisfies Record<SessionKind, { name: string; path: string }>;

const inFrame = { sameSite: "none", partitioned: true } as const;
const deviceCookie = "cordboard_device";
const attemptCookie = "cordboard_sign_in";
const dayMs = 24 * 3_600_000;
const attemptMs = 10 * 60_000;

/** Reads one cookie of a `Cookie` header; a name that comes twice counts once, the first. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const cut = pair.indexOf("=");
    if (cut > 0 && pair.slice(0, cut).trim() === name) return pair.slice(cut + 1).trim() || null;
  }
  return null;
}

/** Whether a host name can only be this machine: there, and only there, cookies may do without TLS. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(hostname);
}

/** Cookies that are set leave with a successful answer only: `send` is called by whoever answers. */
export function sessionCookies(
  request: Request,
  response: Response,
  sessionId: string | null,
): SessionCookies & { send(): void } {
  const due: (() => void)[] = [];
  const secure = request.secure;
  // In a frame of another site a strict cookie is never sent. One that is bound to that site is, where TLS carries it; what guards against
  // other pages then are the two other locks (see origin-guard.ts).
  const framed = secure && request.get(frameHeader) !== undefined;
  const base = { httpOnly: true, secure, ...(framed ? inFrame : { sameSite: "strict" as const }) };
  // The one cookie that must come along when another site leads the browser back here; it opens nothing.
  const away = { httpOnly: true, secure, sameSite: "lax", path: "/api/sign-in" } as const;
  return {
    sessionId,
    attempt: readCookie(request.headers.cookie, attemptCookie),
    keepAttempt(sealed) {
      if (!secure && !isLoopback(request.hostname)) throw new UserError("tlsNeeded");
      due.push(() => response.cookie(attemptCookie, sealed, { ...away, maxAge: attemptMs }));
    },
    forgetAttempt() {
      due.push(() => response.cookie(attemptCookie, "", { ...away, maxAge: 0 }));
    },
    device: readCookie(request.headers.cookie, deviceCookie),
    begin(kind, token) {
      if (!secure && !isLoopback(request.hostname)) throw new UserError("tlsNeeded");
      const { name, path } = sessionCookie[kind];
      due.push(() => response.cookie(name, token, { ...base, path, maxAge: 30 * dayMs }));
    },
    end(kind) {
      const { name, path } = sessionCookie[kind];
      due.push(() => response.cookie(name, "", { ...base, path, maxAge: 0 }));
    },
    rememberDevice(token) {
      due.push(() => response.cookie(deviceCookie, token, { ...base, path: "/api", maxAge: 365 * dayMs }));
    },
    send() {
      for (const set of due) set();
    },
  };
}
