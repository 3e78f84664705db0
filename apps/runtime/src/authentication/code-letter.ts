/** The mail with a one-time code, in the caller's language. The code is in its text alone, which is forgotten once it is sent; a subject is kept. */
export function codeLetter(
  language: string,
  { code, company }: { readonly code: string; readonly company: string },
): { readonly subject: string; readonly text: string } {
  if (language.startsWith("fr")) {
    return {
      subject: "Votre code à usage unique",
      text: `Vous êtes au téléphone avec ${company}, qui vous demande un code.\n\nTapez : ${code}\n\nIl est valable dix minutes. Si vous n’appelez pas, ne donnez ce code à personne.\n`,
    };
  }
  return {
    subject: "Your one-time code",
    text: `You are on the telephone with ${company}, who ask you for a code.\n\nKey: ${code}\n\nIt counts for ten minutes. If you are not calling, give this code to nobody.\n`,
  };
}
