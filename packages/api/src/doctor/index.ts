import type { CheckResult } from "../routes/telephony.ts";
import type { Installation } from "./installation.ts";
import { judgeApplication } from "./judge-application.ts";
import { judgeQueues } from "./judge-queues.ts";
import { judgeApi, judgePublicAddress } from "./judge-reach.ts";
import { judgeTelephony } from "./judge-telephony.ts";
import { type LookGiven, lookAtJambonz } from "./look-at-jambonz.ts";
import { lookAtNetwork } from "./look-at-network.ts";
import type { SeenJambonz, SeenNetwork } from "./seen.ts";
import { verdict } from "./verdict.ts";

export { type Installation, installationOf, type Product, plainAddress } from "./installation.ts";
export { judgeTestCall } from "./judge-test-call.ts";

/** The release of jambonz whose recordings Cordboard is built by. */
const KNOWN_VERSION = "0.9.8";

/** Looks at a jambonz installation and at our own address, and says of each thing whether it is right and, where it is not, what to mend. */
export async function examine(installation: Installation, given: LookGiven): Promise<CheckResult[]> {
  const { jambonz } = installation;
  const [seen, network] = await Promise.all([
    jambonz === null ? null : lookAtJambonz({ ...installation, jambonz }, given),
    lookAtNetwork(installation, given),
  ]);
  return judge(installation, seen, network);
}

/** The judgement alone: the same answers give the same verdicts. */
export function judge(installation: Installation, seen: SeenJambonz | null, network: SeenNetwork): CheckResult[] {
  const isOpen = seen?.account.kind === "read";
  return [
    ...judgeApi(installation, seen, network),
    ...(seen && isOpen ? judgeApplication(installation, seen) : []),
    ...judgePublicAddress(installation, network),
    ...(seen && isOpen ? judgeTelephony(installation, seen) : []),
    ...(installation.product ? judgeQueues(installation.product) : []),
    ...(isOpen ? [verdict("version", "skipped", "untold", { known: KNOWN_VERSION })] : []),
  ];
}
