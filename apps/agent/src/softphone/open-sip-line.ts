import { type SoftphoneKey, softphoneCallHeader } from "@cordboard/api";
import { UA, WebSocketInterface } from "jssip";
import type { RTCSession } from "jssip/lib/RTCSession.js";
import type { IncomingRequest } from "jssip/lib/SIPMessage.js";
import type { IncomingRTCSessionEvent } from "jssip/lib/UA.js";
import type { SipCall, SipLine, SipLineListener } from "./sip-line.ts";

/** How long an answer waits for more addresses of this machine once it has one, ms: those of a VPN that is down never come. */
const gatheringMs = 300;

/** For how long a registration is asked for, s: what a browser that vanished leaves behind. */
const expires = 120;

/** Registers with the border controller by WebSocket (RFC 7118). Loaded only by who telephones in the browser. */
export function openSipLine(key: SoftphoneKey, listener: SipLineListener): SipLine {
  const agent = new UA({
    sockets: [new WebSocketInterface(key.address)],
    uri: `sip:${key.user}@${key.realm}`,
    password: key.password,
    register_expires: expires,
    // A call's own timers are the border controller's business; a browser that is hidden would miss them.
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 4,
    user_agent: "Cordboard",
  });
  let closed = false;
  const down = (why: "unreachable" | "refused") => {
    if (!closed) listener.down(why);
  };
  agent.on("registered", ({ response }) => listener.up(grantedMs(response)));
  agent.on("disconnected", () => down("unreachable"));
  agent.on("registrationFailed", ({ response }) => {
    const status = response?.status_code;
    down(status === 401 || status === 403 || status === 407 ? "refused" : "unreachable");
  });
  // Nothing is ever called from here: all that comes is incoming.
  agent.on("newRTCSession", ({ session, request }: IncomingRTCSessionEvent) =>
    listener.call(sipCall(session, request)),
  );
  agent.start();
  return {
    // While it is not connected it tries that by itself, and registers then.
    register: () => {
      if (agent.isConnected()) agent.register();
    },
    renew: (password) => void agent.set("password", password),
    close() {
      closed = true;
      agent.stop();
    },
  };
}

/** jambonz says for how long in both headers, and gives less than was asked for where it knows the registration already. */
function grantedMs(response: { getHeader(name: string): string | undefined }): number {
  const inContact = /expires=(\d+)/i.exec(response.getHeader("contact") ?? "")?.[1];
  return Number(inContact ?? response.getHeader("expires") ?? expires) * 1000;
}

function sipCall(session: RTCSession, request: IncomingRequest): SipCall {
  const { user } = request.from.uri;
  let gathering = false;
  session.on("icecandidate", ({ ready }) => {
    if (!gathering) setTimeout(ready, gatheringMs);
    gathering = true;
  });
  return {
    callId: request.getHeader(softphoneCallHeader) ?? null,
    from: request.from.display_name || user || "",
    answer: (mediaStream) => session.answer({ mediaStream, pcConfig: { iceServers: [] } }),
    refuse: (status_code) => session.terminate({ status_code }),
    hangUp: () => {
      if (!session.isEnded()) session.terminate();
    },
    press: (tone) => {
      const sender = session.connection.getSenders().find(({ track }) => track?.kind === "audio")?.dtmf;
      sender?.insertDTMF(`${sender.toneBuffer}${tone}`);
    },
    async speakThrough(microphone) {
      const [track] = microphone.getAudioTracks();
      const sender = session.connection.getSenders().find((one) => one.track?.kind === "audio" || one.track === null);
      if (track && sender) await sender.replaceTrack(track);
    },
    listen({ sound, ended }) {
      const hear = (connection: RTCPeerConnection) =>
        connection.addEventListener("track", ({ streams, track }) => sound(streams[0] ?? new MediaStream([track])));
      if (session.connection) hear(session.connection);
      else session.on("peerconnection", ({ peerconnection }) => hear(peerconnection));
      session.on("ended", ended);
      session.on("failed", ended);
    },
  };
}
