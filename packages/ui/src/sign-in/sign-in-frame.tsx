import type { FormEvent, ReactNode, Ref } from "react";
import { Card } from "../card/card.tsx";
import { LanguageSwitch } from "../language-switch/language-switch.tsx";
import { Logo } from "../logo/logo.tsx";
import type { Language } from "../texts/ui-language.tsx";
import styles from "./sign-in-frame.module.css";

export interface SignInFoot {
  language: Language;
  onLanguage: (language: Language) => void;
  /** Where somebody goes who is wrong here. */
  elsewhere: { readonly label: string; readonly href: string };
}

export interface SignInFrameProps {
  title: string;
  /** Has the page read aloud when it takes the place of another. */
  titleRef?: Ref<HTMLHeadingElement>;
  /** What one comes in for; absent: the title says enough. */
  words?: string;
  children: ReactNode;
  /** Absent: what is inside is no form. */
  form?: { readonly ref?: Ref<HTMLFormElement>; readonly onSubmit: (event: FormEvent) => void };
  foot?: SignInFoot;
}

/** The pages by which people come in: the mark, a card with what they say of themselves, the language, and a way out. */
export function SignInFrame({ title, titleRef, words, children, form, foot }: SignInFrameProps) {
  const head = (
    <div>
      <h1 className={styles.title} ref={titleRef} tabIndex={titleRef === undefined ? undefined : -1}>
        {title}
      </h1>
      {words !== undefined && <p className={styles.words}>{words}</p>}
    </div>
  );
  return (
    <main className={styles.page}>
      <div className={styles.brand}>
        <Logo name size={28} />
      </div>
      <Card>
        {form ? (
          <form ref={form.ref} className={styles.parts} onSubmit={form.onSubmit}>
            {head}
            {children}
          </form>
        ) : (
          <div className={styles.parts}>
            {head}
            {children}
          </div>
        )}
      </Card>
      {foot && (
        <div className={styles.foot}>
          <LanguageSwitch value={foot.language} onChange={foot.onLanguage} />
          <a href={foot.elsewhere.href}>{foot.elsewhere.label}</a>
        </div>
      )}
    </main>
  );
}
