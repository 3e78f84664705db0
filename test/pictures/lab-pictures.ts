import { connectLab } from "../support/lab-client.ts";
import { signInOperator } from "../support/operator-client.ts";
import { type DesignerGiven, localeOf } from "./designer-pictures.ts";

/** The lab: its telephones at rest, one that talks, a call that cannot be made; and the page that stands for a company's own application. */
export async function takeLab({ album, browser, installation, language }: DesignerGiven) {
  const page = await (await browser.person(localeOf[language])).newPage();
  await page.goto(installation.labUrl);
  await page.locator("[role=status]").first().waitFor();
  await album.take(page, "l-rest", language);
  const lab = await connectLab(installation.labUrl);
  lab.call("+33639981234", installation.line);
  await lab.waitFor("caller", /^talking /);
  await album.take(page, "l-talking", language);
  lab.hangUp("caller");
  await lab.waitFor("caller", "idle");
  await album.take(page, "l-ended", language);
  const [account] = installation.operators;
  if (!account) throw new Error("the demo company has no operator");
  const operator = await signInOperator(installation.url, account, "11");
  lab.call("+33639981234", "+33199001011");
  await operator.waitFor(({ offer }) => offer !== null, "an offer");
  await operator.accept();
  await lab.waitFor("11", "ringing");
  await album.take(page, "l-ringing", language);
  if (lab.now("11") === "ringing") lab.answer("11");
  await lab.waitFor("11", /^talking/);
  await album.take(page, "l-bridged", language);
  lab.hangUp("caller");
  await operator.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await operator.ready();
  await operator.signOut();
  lab.close();
  await page.goto(`${installation.labUrl}contact?number=%2B33639981234&dialled=%2B33199001010&line=Standard&subject=`);
  await page.locator("h1").waitFor();
  await album.take(page, "l-contact", language);
  let answers = true;
  const cut: (() => Promise<void>)[] = [];
  await page.routeWebSocket(/lab\/socket/, (socket) => {
    if (answers) socket.connectToServer();
    else void socket.close();
    cut.push(() => socket.close());
  });
  await page.goto(installation.labUrl);
  await page.locator("[role=status]").nth(1).waitFor();
  answers = false;
  await cut[0]?.();
  await page.locator("[inert]").waitFor();
  await album.take(page, "l-lost", language);
  await page.goto(installation.labUrl);
  await page.locator("h1").waitFor();
  await album.take(page, "l-connecting", language);
  await page.context().close();
}
