import type { Page } from "playwright-core";

/** The other side of a conversation with a browser, in a page of its own: it speaks (the fake microphone beeps) and listens. */
export interface TalkingPeer {
  /** What it offers, to be carried to the other side. */
  offer(): Promise<string>;
  accept(answer: string): Promise<void>;
  /** How much sound came so far: rises while somebody speaks, stands still in silence. */
  heard(): Promise<number>;
  /** The keys that came with the sound (RFC 4733): how many packets of them. */
  packets(): Promise<number>;
}

declare global {
  var peer: RTCPeerConnection;
}

export function talkingPeer(page: Page): TalkingPeer {
  return {
    offer: () =>
      page.evaluate(async () => {
        const connection = new RTCPeerConnection();
        globalThis.peer = connection;
        const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
        for (const track of microphone.getTracks()) connection.addTrack(track, microphone);
        await connection.setLocalDescription();
        await new Promise<void>((resolve) => {
          const look = () => connection.iceGatheringState === "complete" && resolve();
          connection.addEventListener("icegatheringstatechange", look);
          look();
        });
        return connection.localDescription?.sdp ?? "";
      }),
    async accept(sdp) {
      // A page that was never touched plays nothing, and what is not played is not measured.
      await page.mouse.click(5, 5);
      await page.evaluate(async (answer) => {
        const audio = new Audio();
        peer.addEventListener("track", ({ track }) => {
          audio.srcObject = new MediaStream([track]);
          void audio.play();
        });
        await peer.setRemoteDescription({ type: "answer", sdp: answer });
      }, sdp);
    },
    heard: () => inbound(page, "totalAudioEnergy"),
    packets: () => inbound(page, "packetsReceived"),
  };
}

function inbound(page: Page, figure: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    for (const entry of (await peer.getStats()).values()) {
      if (entry.type === "inbound-rtp") return Number(Reflect.get(entry, wanted) ?? 0);
    }
    return 0;
  }, figure);
}
