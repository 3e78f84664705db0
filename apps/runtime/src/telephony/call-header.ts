import { softphoneCallHeader } from "@cordboard/api";

/**
 * Says to the telephone which of our calls rings it: a softphone picks up by itself what its operator has accepted, and nothing else. jambonz and its
 * border controller pass headers of a dial on (feature server 0.9.8 `SingleDialer`, sbc-outbound `proxyRequestHeaders`, read).
 */
export const callHeader = (callId: string): Readonly<Record<string, string>> => ({ [softphoneCallHeader]: callId });
