import { isAllowed, type Resource } from "@cordboard/api";
import { Icon } from "@cordboard/ui";
import { Headset, LogOut, type LucideIcon, TextSearch } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Command } from "../features/commands/index.ts";
import { pagesFor } from "./pages.ts";
import { useSession, useSignedIn } from "./session-context.tsx";
import { useApiQuery } from "./use-api-query.ts";

interface Thing {
  readonly id: string;
  readonly name: string;
}

/** The pages, what the company has on them, and the ways out; read when they are asked for. */
export function usePlaceCommands(): readonly Command[] {
  const { t } = useTranslation(["commands", "app"]);
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const { session } = useSession();
  const may = (resource: Resource) => ({ enabled: isAllowed(signedIn.role, "read", resource) });
  const flows = useApiQuery("flows.list", {}, may("flows")).data?.items;
  const queues = useApiQuery("queues.list", {}, may("queues")).data?.items;
  const operators = useApiQuery("operators.list", {}, may("operators")).data?.items;
  const lines = useApiQuery("lines.list", {}, may("lines")).data?.items;
  const schedules = useApiQuery("schedules.list", {}, may("schedules")).data?.items;
  const prompts = useApiQuery("prompts.list", {}, may("prompts")).data?.items;
  const telephones = useApiQuery("telephones.list", {}, may("telephones")).data?.items;
  const scripts = useApiQuery("scripts.list", {}, may("scripts")).data?.items;
  const boxes = useApiQuery("voicemailBoxes.list", {}, may("voicemailBoxes")).data?.items;
  return useMemo(() => {
    const pages = pagesFor(signedIn);
    const go = (address: string) => () => void navigate(address);
    const things = (path: string, address: string, items: readonly Thing[] = []): readonly Command[] => {
      const page = pages.find((one) => one.path === path);
      if (!page) return [];
      return items.map(({ id, name }) => ({
        ...{
          id: `${path} ${id}`,
          group: "thing",
          title: name,
          detail: t(`app:nav.${path}`),
          icon: <Icon as={page.icon} />,
        },
        run: go(`${address}/${encodeURIComponent(id)}`),
      }));
    };
    const own = (id: string, icon: LucideIcon, run: () => void): Command => ({
      ...{ id, group: "own", title: t(`app:${id}`), icon: <Icon as={icon} />, run },
    });
    return [
      ...pages.map(
        ({ path, icon, group }): Command => ({
          ...{
            id: `page ${path}`,
            group: "page",
            title: t(`app:nav.${path}`),
            detail: t(`app:group.${group}`),
            icon: <Icon as={icon} />,
          },
          run: go(`/${path}`),
        }),
      ),
      ...things(
        "flows",
        "/flows",
        flows?.map(({ flowId: id, name }) => ({ id, name })),
      ),
      ...things(
        "queues",
        "/queues",
        queues?.map(({ queueId: id, name }) => ({ id, name })),
      ),
      ...things(
        "operators",
        "/operators",
        operators?.map(({ operatorId: id, name, code }) => ({ id, name: `${name} (${code})` })),
      ),
      ...things(
        "lines",
        "/lines",
        lines?.map(({ lineId: id, name, numberText }) => ({ id, name: `${name} (${numberText})` })),
      ),
      ...things(
        "schedules",
        "/schedules",
        schedules?.map(({ scheduleId: id, name }) => ({ id, name })),
      ),
      ...things(
        "prompts",
        "/prompts",
        prompts?.map(({ promptId: id, name }) => ({ id, name })),
      ),
      ...things(
        "telephones",
        "/telephones",
        telephones?.map(({ telephoneId: id, name }) => ({ id, name })),
      ),
      ...things(
        "scripts",
        "/scripts",
        scripts?.map(({ scriptId: id, name }) => ({ id, name })),
      ),
      ...things(
        "voicemail",
        "/voicemail/boxes",
        boxes?.map(({ boxId: id, name }) => ({ id, name })),
      ),
      ...(isAllowed(signedIn.role, "read", "flows") ? [own("searchFlows", TextSearch, go("/flows/_search"))] : []),
      own("toAgent", Headset, () => location.assign("/agent/")),
      own("signOut", LogOut, () => void session.signOut()),
    ];
  }, [t, navigate, signedIn, session, flows, queues, operators, lines, schedules, prompts, telephones, scripts, boxes]);
}
