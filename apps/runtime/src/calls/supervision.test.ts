import { describe, expect, test } from "vitest";
import { heldCall, talkingCall, withApart } from "../testing/talking-call.ts";
import { supervisedTalk, talkStanding, withEntered, withLeft, withListener, withMode } from "./supervision.ts";
import { supervisionBy } from "./supervision-news.ts";

const of = {
  ...{ callId: "call_1", offerId: "offer_1", queueId: "queue_sales", operatorId: "op_1", operatorName: "Inès" },
  ...{ userId: "user_1", userName: "Claire", shown: true },
};
const listener = { supervisionId: "call_2", userId: "user_1", name: "Claire", shown: true };
const party = { kind: "conversation", of, mode: "listen" } as const;
/** The supervisor's own call, as far as these ask. */
const own = (mode: "listen" | "whisper" | "join" = "listen") =>
  talkingCall({ _id: "call_2", leg: null, supervision: { mode, modes: [] }, placed: { party } as never });

describe("a supervisor's own call", () => {
  test("names the conversation that it is for; other calls are for none", () => {
    expect(supervisedTalk(own())).toEqual(of);
    expect(supervisedTalk(talkingCall())).toBeNull();
  });

  test("comes in once, as they wish by then; what they wish later is told, and only what is new", () => {
    const waiting = withMode(own(), "whisper", 2_000);
    expect(waiting).toMatchObject({ supervision: { mode: "whisper", modes: [] }, outbox: [] });
    const entered = waiting && withEntered(waiting, 3_000);
    expect(entered?.supervision?.modes).toEqual([{ mode: "whisper", since: 3_000 }]);
    expect(entered && withEntered(entered, 4_000)).toBeNull();
    expect(entered && withMode(entered, "whisper", 4_000)).toBeNull();
    const joined = entered && withMode(entered, "join", 5_000);
    expect(joined?.outbox.map((item) => item.kind === "supervision" && item.mode)).toEqual(["whisper", "join"]);
    expect(joined?.rev).toBe((entered?.rev ?? 0) + 1);
    expect(joined?.traceTail.map(({ kind }) => kind)).toEqual(["supervises", "supervisesAs"]);
    expect(joined && withMode({ ...joined, status: "ended" }, "listen", 6_000)).toBeNull();
  });

  test("owes its end to whom it listened to, and nothing where it never came in", () => {
    expect(withLeft(own())).toEqual(own());
    const entered = withEntered(own(), 3_000);
    expect(entered && withLeft(entered).outbox.at(-1)).toMatchObject({ kind: "supervision", mode: null });
  });
});

describe("the conversation", () => {
  test("is together in its conference, on the way there, or over: another offer, another state, one dial, an end", () => {
    expect(talkStanding(heldCall(), of)).toBe("together");
    expect(talkStanding(withApart(heldCall(), { stage: "parting" }), of)).toBe("onTheWay");
    expect(talkStanding(heldCall(), { ...of, offerId: "offer_2" })).toBe("over");
    expect(talkStanding(talkingCall(), of)).toBe("over");
    expect(talkStanding(heldCall({ status: "ended" }), of)).toBe("over");
    expect(talkStanding(null, of)).toBe("over");
  });

  test("knows who is in it and how, has it in its trace, and tells its operator as long as they talk", () => {
    const heard = withListener(heldCall(), of, listener, "listen", 6_000);
    expect(heard?.listeners).toEqual([{ ...listener, mode: "listen" }]);
    expect(heard && withListener(heard, of, listener, "listen", 7_000)).toBeNull();
    const as = heard && withListener(heard, of, listener, "whisper", 7_000);
    const other = as && withListener(as, of, { ...listener, supervisionId: "call_3" }, "listen", 8_000);
    const left = other && withListener(other, of, listener, null, 9_000);
    expect(left?.listeners).toMatchObject([{ supervisionId: "call_3", mode: "listen" }]);
    expect(left?.traceTail.map(({ kind }) => kind)).toEqual([
      ...["supervisorIn", "supervisorAs", "supervisorIn", "supervisorOut"],
    ]);
    expect(left?.outbox.map((item) => item.kind === "leg" && item.report.kind)).toEqual(Array(4).fill("listened"));
    const afterwards = withListener(heldCall({ leg: null }), of, listener, "listen", 6_000);
    expect(afterwards?.outbox).toEqual([]);
  });
});

describe("news of a supervisor", () => {
  const stage = (heard: "taken" | "gone" | "unowned") => {
    const told: string[] = [];
    const news = supervisionBy({
      find: async () => heldCall(),
      tell: async (callId, [, { name }, mode]) => {
        told.push(`${callId} ${name} ${mode}`);
        return heard;
      },
      left: async ({ _id }) => void told.push(`log ${_id}`),
    });
    return { told, news };
  };

  test("go to the conversation; their end first to the log, so that a conversation that nobody owns does not keep it from there", async () => {
    const { told, news } = stage("taken");
    await news.told(own(), "whisper");
    await news.told(own(), null);
    expect(told).toEqual(["call_1 Claire whisper", "log call_2", "call_1 Claire null"]);
    const unowned = stage("unowned");
    await expect(unowned.news.told(own(), null)).rejects.toThrow("nobody owns");
    expect(unowned.told).toEqual(["log call_2", "call_1 Claire null"]);
  });

  test("are nobody's of another kind of call, which stands nowhere; a conversation that is over needs none", async () => {
    const { told, news } = stage("gone");
    await news.told(talkingCall(), null);
    expect(told).toEqual([]);
    await expect(news.told(own(), "listen")).resolves.toBeUndefined();
    expect(await news.standing(talkingCall())).toBe("over");
    expect(await news.standing(own())).toBe("together");
  });
});
