import { isAllowed, type Resource, type SignedInUser } from "@cordboard/api";
import {
  Activity,
  AppWindow,
  BookUser,
  CalendarClock,
  ChartColumn,
  ChartNoAxesCombined,
  Headset,
  KeyRound,
  ListOrdered,
  LogIn,
  type LucideIcon,
  MessageSquareQuote,
  Phone,
  PhoneForwarded,
  PhoneIncoming,
  PhoneOff,
  PhoneOutgoing,
  Plug,
  ScrollText,
  Settings,
  ShieldUser,
  Siren,
  SlidersHorizontal,
  Stethoscope,
  Trash2,
  UserCog,
  Users,
  Voicemail,
  Webhook,
  Workflow,
} from "lucide-react";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** The groups of the navigation, in order. */
export const pageGroups = ["flows", "centre", "day", "company"] as const;

export interface PageDefinition {
  /** The first part of the address under `/designer/`; its name is the text `nav.<path>`, its place `features/<path>`. */
  readonly path: string;
  readonly group: (typeof pageGroups)[number];
  readonly icon: LucideIcon;
  /** Shown to those who may read it. */
  readonly resource: Resource;
  /** Refused to a supervisor who is limited to some queues. */
  readonly ofWhole?: true;
  /** Fetched when it is first opened. It is given the rest of the address: `path/*`. */
  readonly Page: LazyExoticComponent<ComponentType>;
}

/** Makes a page of a module that is fetched late: `page.tsx` exports `Page`. */
const late = (load: () => Promise<{ readonly Page: ComponentType }>) =>
  lazy(() => load().then(({ Page }) => ({ default: Page })));

/** The pages of the designer, in the order of the navigation. A new page is one entry here and one text `nav.<path>` in each language. */
const pages: readonly PageDefinition[] = [
  {
    path: "flows",
    group: "flows",
    icon: Workflow,
    resource: "flows",
    Page: late(() => import("../features/flows/page.tsx")),
  },
  {
    path: "lines",
    group: "centre",
    icon: PhoneIncoming,
    resource: "lines",
    Page: late(() => import("../features/lines/page.tsx")),
  },
  {
    path: "queues",
    group: "centre",
    icon: Users,
    resource: "queues",
    Page: late(() => import("../features/queues/page.tsx")),
  },
  {
    path: "operators",
    group: "centre",
    icon: Headset,
    resource: "operators",
    Page: late(() => import("../features/operators/page.tsx")),
  },
  {
    path: "schedules",
    group: "centre",
    icon: CalendarClock,
    resource: "schedules",
    Page: late(() => import("../features/schedules/page.tsx")),
  },
  {
    path: "prompts",
    group: "centre",
    icon: MessageSquareQuote,
    resource: "prompts",
    Page: late(() => import("../features/prompts/page.tsx")),
  },
  {
    path: "telephones",
    group: "centre",
    icon: Phone,
    resource: "telephones",
    Page: late(() => import("../features/telephones/page.tsx")),
  },
  {
    path: "scripts",
    group: "centre",
    icon: AppWindow,
    resource: "scripts",
    Page: late(() => import("../features/scripts/page.tsx")),
  },
  {
    path: "live",
    group: "day",
    icon: Activity,
    resource: "live",
    Page: late(() => import("../features/live/page.tsx")),
  },
  {
    path: "everyday",
    group: "day",
    icon: SlidersHorizontal,
    resource: "everyday",
    Page: late(() => import("../features/everyday/page.tsx")),
  },
  {
    path: "dialling",
    group: "centre",
    icon: PhoneForwarded,
    resource: "dialling",
    Page: late(() => import("../features/dialling/page.tsx")),
  },
  {
    path: "do-not-call",
    group: "centre",
    icon: PhoneOff,
    resource: "doNotCall",
    Page: late(() => import("../features/do-not-call/page.tsx")),
  },
  {
    path: "calls",
    group: "day",
    icon: ListOrdered,
    resource: "calls",
    Page: late(() => import("../features/calls/page.tsx")),
  },
  {
    path: "callbacks",
    group: "day",
    icon: PhoneOutgoing,
    resource: "callbacks",
    Page: late(() => import("../features/callbacks/page.tsx")),
  },
  {
    path: "contacts",
    group: "day",
    icon: BookUser,
    resource: "contacts",
    Page: late(() => import("../features/contacts/page.tsx")),
  },
  {
    path: "voicemail",
    group: "day",
    icon: Voicemail,
    resource: "voicemailBoxes",
    Page: late(() => import("../features/voicemail/page.tsx")),
  },
  {
    path: "figures",
    group: "day",
    icon: ChartColumn,
    resource: "calls",
    Page: late(() => import("../features/figures/page.tsx")),
  },
  {
    path: "reports",
    group: "day",
    icon: ChartNoAxesCombined,
    resource: "calls",
    Page: late(() => import("../features/reports/page.tsx")),
  },
  {
    path: "alarms",
    group: "day",
    icon: Siren,
    resource: "alarms",
    Page: late(() => import("../features/alarms/page.tsx")),
  },
  {
    path: "connectors",
    group: "company",
    icon: Plug,
    resource: "connectors",
    Page: late(() => import("../features/connectors/page.tsx")),
  },
  {
    path: "users",
    group: "company",
    icon: UserCog,
    resource: "users",
    Page: late(() => import("../features/users/page.tsx")),
  },
  {
    path: "sign-in",
    group: "company",
    icon: LogIn,
    resource: "signIn",
    Page: late(() => import("../features/sign-in/page.tsx")),
  },
  {
    path: "api-keys",
    group: "company",
    icon: KeyRound,
    resource: "apiKeys",
    Page: late(() => import("../features/api-keys/page.tsx")),
  },
  {
    path: "webhooks",
    group: "company",
    icon: Webhook,
    resource: "webhooks",
    Page: late(() => import("../features/webhooks/page.tsx")),
  },
  {
    path: "telephony",
    group: "company",
    icon: Stethoscope,
    resource: "telephony",
    Page: late(() => import("../features/telephony/page.tsx")),
  },
  {
    path: "settings",
    group: "company",
    icon: Settings,
    resource: "company",
    Page: late(() => import("../features/settings/page.tsx")),
  },
  {
    path: "bin",
    group: "company",
    icon: Trash2,
    // What of it somebody may put back is asked of each thing.
    resource: "flows",
    ofWhole: true,
    Page: late(() => import("../features/bin/page.tsx")),
  },
  {
    path: "audit",
    group: "company",
    icon: ScrollText,
    resource: "audit",
    Page: late(() => import("../features/audit/page.tsx")),
  },
  {
    path: "privacy",
    group: "company",
    icon: ShieldUser,
    resource: "personalData",
    Page: late(() => import("../features/privacy/page.tsx")),
  },
];

/** The pages that somebody may see. */
export function pagesFor({ role, queueIds }: Pick<SignedInUser, "role" | "queueIds">): readonly PageDefinition[] {
  return pages.filter(({ resource, ofWhole }) => isAllowed(role, "read", resource) && !(ofWhole && queueIds !== null));
}
