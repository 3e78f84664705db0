import { AuthorPlace, type AuthorsMessage, type CoAuthor } from "@cordboard/api";
import type { Logger } from "pino";
import { Value } from "typebox/value";
import { mayRead, type Scope } from "../access/index.ts";
import { type Authenticate, readCookie, sessionCookie } from "../http/index.ts";
import {
  type AuthorsNews,
  type AuthorTab,
  atMostEvery,
  authorsChannel,
  type Bus,
  type Clock,
  type SessionMessage,
  sessionChannel,
} from "../ports/index.ts";
import type { BrowserNamespace, BrowserSocket } from "./socket-types.ts";

export interface CoAuthorsGiven {
  readonly authors: BrowserNamespace;
  readonly authenticate: Authenticate;
  /** The name that others see; null: nobody in person. */
  readonly nameOf: (scope: Scope) => Promise<{ readonly name: string } | null>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly processId: string;
  readonly log: Pick<Logger, "warn">;
}

/** How often a process says its pages anew, and looks at their sessions; and how long one that is not heard of any more is still shown, ms. */
const againMs = 15_000;
const forgottenMs = 50_000;
/** Who drags a frame over many nodes says so many times a second; others see it this often. */
const tellMs = 100;

interface Company {
  /** The pages that are connected here, by their tab, which is their socket. */
  readonly here: Map<string, { readonly socket: BrowserSocket; readonly name: string; tab: AuthorTab | null }>;
  readonly elsewhere: Map<string, { readonly tab: AuthorTab; readonly heardAt: number }>;
  /** What tells a flow's pages who is there. */
  readonly tellers: Map<string, () => void>;
  readonly end: () => void;
}

/**
 * The sockets of pages that draw on flows: each says what it shows and what is selected, and is told the same of the others, of this process
 * and of every other. Nothing of it is stored; a page that is lost is forgotten after a while.
 */
export function attachCoAuthors(given: CoAuthorsGiven) {
  const { authors, authenticate, nameOf, bus, clock, processId, log } = given;
  const companies = new Map<string, Company>();
  let cancelAgain = () => {};

  authors.use((socket, next) => {
    const token = readCookie(socket.handshake.headers.cookie, sessionCookie.user.name);
    const identify = async () => (token === null ? null : await authenticate("user", token));
    identify().then(
      (who) => {
        if (!who || token === null || !mayRead(who.scope, "flows")) return next(new Error("notSignedIn"));
        socket.data = { who, token };
        next();
      },
      (cause) => {
        log.warn({ err: cause }, "a page that draws on a flow could not be authenticated");
        next(new Error("storeUnavailable"));
      },
    );
  });

  authors.on("connection", (socket: BrowserSocket) => {
    const { scope } = socket.data.who;
    const { companyId, actorId } = scope;
    if (actorId === null) return void socket.disconnect(true);
    const company = companies.get(companyId) ?? watch(companyId);
    // There from its first moment, though it says only later where: a company is watched while anybody is.
    const page = { socket, name: "", tab: null };
    company.here.set(socket.id, page);
    const named = nameOf(scope).then(
      (who) => who?.name ?? "",
      (cause) => {
        log.warn({ err: cause }, "an author's name could not be read");
        return "";
      },
    );
    socket.on("message", (message) => {
      if (!Value.Check(AuthorPlace, message)) return;
      void named.then((name) => {
        if (name !== "") put(companyId, socket.id, { ...placeOf(message), userId: actorId, name });
      });
    });
    socket.on("disconnect", () => {
      const left = companies.get(companyId);
      if (!left?.here.has(socket.id)) return;
      put(companyId, socket.id, null);
      left.here.delete(socket.id);
      if (left.here.size > 0) return;
      left.end();
      companies.delete(companyId);
    });
  });

  /** A page of this process shows this now; null: it is closed. */
  function put(companyId: string, tabId: string, tab: AuthorTab | null): void {
    const company = companies.get(companyId);
    const page = company?.here.get(tabId);
    if (!company || !page) return;
    const before = page.tab;
    page.tab = tab;
    publish(companyId, { kind: "tab", processId, tabId, tab });
    for (const flowId of flowsOf(before, tab)) tell(company, flowId);
  }

  const publish = (companyId: string, news: AuthorsNews) => bus.publish(authorsChannel(companyId), news);

  function sayAll(companyId: string, { here }: Company): void {
    for (const [tabId, { tab }] of here) if (tab) publish(companyId, { kind: "tab", processId, tabId, tab });
  }

  function tell(company: Company, flowId: string): void {
    const teller = company.tellers.get(flowId) ?? tellerOf(company, flowId);
    company.tellers.set(flowId, teller);
    teller();
  }

  function tellerOf(company: Company, flowId: string): () => void {
    return atMostEvery(tellMs, clock, () => {
      const pages = [...company.here].filter(([, { tab }]) => tab?.flowId === flowId);
      if (pages.length === 0) company.tellers.delete(flowId);
      const all = allOn(company, flowId);
      for (const [tabId, { socket }] of pages) {
        const others = all.filter((each) => each.tabId !== tabId);
        emit(socket, { v: 1, type: "authors", flowId, authors: others });
      }
    });
  }

  function heard(companyId: string, company: Company, news: AuthorsNews): void {
    switch (news.kind) {
      case "ask":
        if (news.processId !== processId) sayAll(companyId, company);
        return;
      case "draft":
        for (const { socket, tab } of company.here.values()) {
          const { flowId, rev } = news;
          if (tab?.flowId === flowId) emit(socket, { v: 1, type: "draft", flowId, rev });
        }
        return;
      case "tab": {
        if (news.processId === processId) return;
        const before = company.elsewhere.get(news.tabId)?.tab ?? null;
        if (news.tab) company.elsewhere.set(news.tabId, { tab: news.tab, heardAt: clock.now() });
        else company.elsewhere.delete(news.tabId);
        const isNews = JSON.stringify(before) !== JSON.stringify(news.tab);
        if (isNews) for (const flowId of flowsOf(before, news.tab)) tell(company, flowId);
      }
    }
  }

  function watch(companyId: string): Company {
    const ends = [
      bus.subscribe(authorsChannel(companyId), (message) => heard(companyId, company, message as AuthorsNews)),
      bus.subscribe(sessionChannel(companyId), (message) => {
        const { sessionId } = message as SessionMessage;
        for (const { socket } of company.here.values()) if (socket.data.who.sessionId === sessionId) dismiss(socket);
      }),
    ];
    const end = () => {
      for (const each of ends) each();
    };
    const company: Company = { here: new Map(), elsewhere: new Map(), tellers: new Map(), end };
    companies.set(companyId, company);
    publish(companyId, { kind: "ask", processId });
    return company;
  }

  const emit = (socket: BrowserSocket, message: AuthorsMessage) => void socket.emit("message", message);

  function dismiss(socket: BrowserSocket): void {
    emit(socket, { v: 1, type: "sessionEnded" });
    socket.disconnect(true);
  }

  const againLater = () => {
    cancelAgain = clock.at(clock.now() + againMs, () => void again());
  };
  async function again(): Promise<void> {
    for (const [companyId, company] of companies) {
      sayAll(companyId, company);
      for (const [tabId, { tab, heardAt }] of company.elsewhere) {
        if (clock.now() - heardAt < forgottenMs) continue;
        company.elsewhere.delete(tabId);
        tell(company, tab.flowId);
      }
      for (const { socket } of [...company.here.values()]) {
        // A store that does not answer ends nobody's session.
        const who = await authenticate("user", socket.data.token).catch(() => socket.data.who);
        if (!who || !mayRead(who.scope, "flows")) dismiss(socket);
      }
    }
    againLater();
  }
  againLater();

  return {
    close(): void {
      cancelAgain();
      for (const { end } of companies.values()) end();
      companies.clear();
      authors.disconnectSockets(true);
    },
  };
}

const placeOf = ({ flowId, selection }: AuthorPlace) => ({ flowId, selection });

const flowsOf = (...tabs: readonly (AuthorTab | null)[]): ReadonlySet<string> =>
  new Set(tabs.flatMap((tab) => tab?.flowId ?? []));

function allOn({ here, elsewhere }: Company, flowId: string): CoAuthor[] {
  const own = [...here].flatMap(([tabId, { tab }]) => (tab ? [{ tabId, tab }] : []));
  const theirs = [...elsewhere].map(([tabId, { tab }]) => ({ tabId, tab }));
  return [...own, ...theirs]
    .filter(({ tab }) => tab.flowId === flowId)
    .map(({ tabId, tab: { userId, name, selection } }) => ({ tabId, userId, name, selection: [...selection] }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.tabId < b.tabId ? -1 : 1));
}
