import { readdirSync, readFileSync } from "node:fs";
import { Phone } from "lucide-react";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import {
  Button,
  Checkbox,
  CountdownBar,
  Dialog,
  Duration,
  IconButton,
  Key,
  type Language,
  LanguageSwitch,
  Logo,
  Notice,
  type OperatorState,
  PasswordField,
  PhoneNumber,
  Select,
  StateLamp,
  TextArea,
  TextField,
  UiLanguage,
} from "./index.ts";

describe("sheets and long texts", () => {
  test("a sheet is named by its title, and has a cross only where it may be left", () => {
    const sheet = drawn(<Dialog title="Publish">Really.</Dialog>);
    const [, id = ""] = /<h2[^>]* id="([^"]+)"/.exec(sheet) ?? [];
    expect(sheet).toContain(`aria-labelledby="${id}"`);
    expect(sheet).not.toContain("<button");
    const left = drawn(
      <Dialog title="Publish" onClose={() => undefined}>
        Really.
      </Dialog>,
    );
    expect(left).toContain('aria-label="Dismiss"');
  });

  test("a long text is tied to its label, its hint and what is wrong with it", () => {
    const area = drawn(<TextArea id="t" label="Text" hint="Spoken." error="Write it." value="" readOnly />);
    expect(area).toContain('for="t"');
    expect(area).toContain('aria-describedby="t-hint t-error"');
    expect(area).toContain('aria-invalid="true"');
  });
});

describe("buttons", () => {
  test("a button never submits a form by accident, and not twice when it is busy", () => {
    expect(drawn(<Button>Pause</Button>)).toContain('type="button"');
    expect(drawn(<Button type="submit">Sign in</Button>)).toContain('type="submit"');
    const busy = drawn(
      <Button type="submit" busy>
        Sign in
      </Button>,
    );
    expect(busy).toContain('type="button"');
    expect(busy).toContain('aria-busy="true"');
    expect(busy).toContain('aria-disabled="true"');
  });

  test("a press reaches the page, and while the button is busy it does not", () => {
    const onClick = () => {};
    expect(Button({ children: "Pause", onClick }).props.onClick).toBe(onClick);
    expect(Button({ children: "Pause", onClick, busy: true }).props.onClick).toBeUndefined();
  });

  test("the key that does the same is shown in the reader's language and told to screen readers", () => {
    const refuse = drawn(<Button keyHint="Escape">Refuser</Button>, "fr");
    expect(refuse).toContain('aria-keyshortcuts="Escape"');
    expect(words(refuse)).toBe("RefuserÉchap");
  });

  test("an icon alone has a name", () => {
    expect(drawn(<IconButton icon={Phone} label="Call back" />)).toContain('aria-label="Call back"');
  });
});

describe("fields", () => {
  test("label, hint and error belong to the control", () => {
    const field = drawn(<TextField id="code" label="Code" hint="Four digits" error="Nobody has this code" required />);
    expect(field).toContain('for="code"');
    expect(field).toMatch(/<input[^>]*id="code"[^>]*aria-describedby="code-hint code-error"[^>]*aria-invalid="true"/);
    expect(field).toMatch(/id="code-error" role="alert"/);
    expect(words(field)).toContain("Code · required");
  });

  test("without hint and error there is nothing to point to", () => {
    expect(drawn(<TextField id="code" label="Code" />)).not.toMatch(/aria-describedby|aria-invalid/);
  });

  test("a password is hidden until its owner asks", () => {
    const field = drawn(<PasswordField label="Mot de passe" />, "fr");
    expect(field).toContain('type="password"');
    expect(field).toContain('aria-label="Afficher le mot de passe"');
  });

  test("a list shows its placeholder only until something is chosen", () => {
    const options = [{ value: "214", label: "Poste 214" }];
    const list = (value: string | null) =>
      drawn(<Select label="Téléphone" options={options} value={value} onChange={() => {}} placeholder="Choisir…" />);
    expect(list(null)).toContain("Choisir…");
    expect(list("214")).not.toContain("Choisir…");
    expect(list("214")).toMatch(/<option[^>]*selected[^>]*>Poste 214/);
  });

  test("what stands at the end of a checkbox's row describes it", () => {
    const row = drawn(<Checkbox id="support" label="Assistance" detail="4 en attente" />);
    expect(row).toContain('aria-describedby="support-detail"');
    expect(row).toMatch(/id="support-detail">4 en attente/);
  });

  test("a box with a hint is described by it, and by its detail", () => {
    const row = drawn(<Checkbox id="support" label="Support" detail="4 waiting" hint="First line" readOnly checked />);
    expect(row).toContain('aria-describedby="support-detail support-hint"');
    expect(row).toMatch(/id="support-hint"[^>]*>First line/);
    expect(drawn(<Checkbox id="plain" label="Plain" readOnly checked />)).not.toContain("aria-describedby");
  });
});

describe("operator states", () => {
  const states: Record<OperatorState, [french: string, english: string]> = {
    offline: ["Hors ligne", "Offline"],
    available: ["Disponible", "Available"],
    paused: ["En pause", "Paused"],
    offered: ["Appel proposé", "Call offered"],
    ringing: ["Votre téléphone sonne", "Your telephone is ringing"],
    dialling: ["Numérotation", "Dialling"],
    talking: ["En communication", "Talking"],
    wrapUp: ["Après-appel", "Wrap-up"],
    handedOver: ["Appel transmis", "Call handed over"],
  };

  test.each(Object.entries(states))("%s has a word in both languages", (state, [french, english]) => {
    expect(words(drawn(<StateLamp state={state as OperatorState} />, "fr"))).toBe(french);
    expect(words(drawn(<StateLamp state={state as OperatorState} />, "en"))).toBe(english);
  });

  test("no two of the everyday states look the same: shape or colour tells them apart before the word does", () => {
    const looks = (["available", "paused", "offline", "offered", "talking", "wrapUp"] as const).map((state) =>
      drawn(<StateLamp state={state} />).replaceAll(/<span class="[^"]*words[^"]*">.*?<\/span>/g, ""),
    );
    expect(new Set(looks).size).toBe(looks.length);
  });

  test("a pause says its reason, and a wordless lamp is still read aloud", () => {
    expect(words(drawn(<StateLamp state="paused" detail="lunch" />))).toBe("Paused · lunch");
    expect(words(drawn(<StateLamp state="paused" wordless />))).toBe("Paused");
  });
});

describe("what is said about time and numbers", () => {
  test("the bar tells a screen reader the time left in words", () => {
    const bar = drawn(<CountdownBar label="Temps pour répondre" startedAt={0} deadline={20_000} now={11_200} />, "fr");
    expect(bar).toContain('aria-valuenow="9"');
    expect(bar.replaceAll("\u00a0", " ")).toContain('aria-valuetext="9 secondes"');
    expect(bar).toContain("transform:scaleX(0.44)");
  });

  test("a duration carries the same time for machines", () => {
    const drawing = drawn(<Duration ms={102_000} />, "fr").replaceAll("\u00a0", " ");
    expect(drawing).toContain('dateTime="PT1M42S"');
    expect(words(drawing)).toBe("1 min 42");
  });

  test("a withheld number is said to be withheld", () => {
    expect(words(drawn(<PhoneNumber text={null} />, "fr"))).toBe("Numéro masqué");
    expect(drawn(<PhoneNumber text="06 12 34 56 78" href="tel:+33612345678" />)).toContain('href="tel:+33612345678"');
  });
});

test("a notice says what kind it is without colour, and carries its remedy", () => {
  const notice = drawn(
    <Notice kind="error" remedy={{ label: "Reconnect", href: "#reconnect" }}>
      The server cannot be reached.
    </Notice>,
  );
  expect(notice).toContain('role="alert"');
  expect(notice).toContain('aria-label="Error"');
  expect(words(notice)).toBe("The server cannot be reached. Reconnect");
  expect(drawn(<Notice kind="info">Saved.</Notice>)).toContain('role="status"');
});

test("each language is named in itself, and says so to a screen reader", () => {
  const control = drawn(<LanguageSwitch value="fr" onChange={() => {}} />);
  expect(control).toMatch(/lang="fr"[^>]*>.*Français/);
  expect(control).toMatch(/lang="en"[^>]*>.*English/);
});

test("the mark is named once: by the word beside it, or by itself", () => {
  expect(drawn(<Logo />)).toContain('aria-label="Cordboard"');
  expect(drawn(<Logo name />)).not.toContain("aria-label");
});

test("unknown keys are shown as they are", () => {
  expect(words(drawn(<Key name="#" />))).toBe("#");
  expect(words(drawn(<Key name="toString" />))).toBe("toString");
});

test("every class that a component names is in its style sheet", () => {
  const folder = new URL("./", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sheets = files.filter((path) => path.endsWith(".module.css"));
  expect(sheets.length).toBeGreaterThan(10);
  for (const path of sheets) {
    const sheet = readFileSync(new URL(path, folder), "utf8");
    const component = readFileSync(new URL(path.replace(".module.css", ".tsx"), folder), "utf8");
    for (const [, name] of component.matchAll(/styles\.(\w+)/g))
      expect(sheet, path).toMatch(new RegExp(`\\.${name}\\b`));
  }
});

function drawn(part: ReactNode, language: Language = "en"): string {
  return renderToStaticMarkup(<UiLanguage language={language}>{part}</UiLanguage>);
}

function words(markup: string): string {
  return markup.replaceAll(/<[^>]*>/g, "");
}
