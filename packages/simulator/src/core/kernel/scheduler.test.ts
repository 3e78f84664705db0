import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSignal, type Fiber, wait } from "./fiber.ts";
import { createScheduler } from "./scheduler.ts";
import { SimulatedFailure } from "./simulated-failure.ts";

describe("the scheduler", () => {
  test("runs timers in the order of their time, then of their setting, whatever the order of setting", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ ms: fc.integer({ min: 0, max: 50 }), cancel: fc.boolean() }), { maxLength: 60 }),
        (timers) => {
          const scheduler = createScheduler(0);
          const ran: number[] = [];
          const set = timers.map(({ ms }, index) => scheduler.after(ms, () => ran.push(index)));
          for (const [index, { cancel }] of timers.entries()) if (cancel) set[index]?.cancel();
          scheduler.run(100, () => {});
          const expected = timers
            .map((timer, index) => ({ ...timer, index }))
            .filter(({ cancel }) => !cancel)
            .sort((one, other) => one.ms - other.ms || one.index - other.index)
            .map(({ index }) => index);
          expect(ran).toEqual(expected);
          expect(scheduler.nextDue()).toBeUndefined();
        },
      ),
    );
  });

  test("shows each timer the time for which it was set, also when it is run late", () => {
    const scheduler = createScheduler(1000);
    const times: number[] = [];
    scheduler.after(10, () => times.push(scheduler.now()));
    scheduler.after(30, () => times.push(scheduler.now()));
    scheduler.run(5000, () => times.push(scheduler.now()));
    expect(times).toEqual([1010, 1030, 5000]);
  });

  test("lets what follows from one instant end before the next begins, and what was put off come last", () => {
    const scheduler = createScheduler(0);
    const order: string[] = [];
    function* fiber(name: string): Fiber<void> {
      order.push(`${name} begins`);
      yield* wait(scheduler.sleep(10));
      order.push(`${name} wakes`);
      scheduler.soon(() => order.push(`${name} put off`));
      yield* wait(settled());
      order.push(`${name} ends`);
    }
    const settled = () => {
      const signal = createSignal<void>();
      signal.settle();
      return signal;
    };
    scheduler.run(0, () => {
      scheduler.spawn(fiber("a"));
      scheduler.spawn(fiber("b"));
    });
    scheduler.run(10, () => {});
    expect(order).toEqual(["a begins", "b begins", "a wakes", "a ends", "a put off", "b wakes", "b ends", "b put off"]);
  });

  test("hands a simulated failure to whoever waits, and does not hide a mistake of ours", () => {
    const scheduler = createScheduler(0);
    function* fails(error: Error): Fiber<void> {
      yield* wait(scheduler.sleep(1));
      throw error;
    }
    function* catches(): Fiber<string> {
      try {
        yield* wait(scheduler.spawn(fails(new SimulatedFailure("no route"))));
        return "nothing happened";
      } catch (error) {
        return error instanceof Error ? error.message : "?";
      }
    }
    let result: unknown;
    scheduler.spawn(catches()).listen((outcome) => {
      result = outcome;
    });
    scheduler.run(5, () => {});
    expect(result).toEqual({ ok: true, value: "no route" });
    scheduler.spawn(fails(new TypeError("a bug")));
    expect(() => scheduler.run(10, () => {})).toThrow("a bug");
  });
});
