import { connectLab } from "../support/lab-client.ts";
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
  lab.call("+33639981234", "nonsense");
  await page.waitForTimeout(500);
  await album.take(page, "l-refused", language);
  lab.close();
  await page.goto(`${installation.labUrl}contact?number=%2B33639981234&dialled=%2B33199001010&line=Standard&subject=`);
  await page.locator("h1").waitFor();
  await album.take(page, "l-contact", language);
  await page.route("**/lab/socket", (route) => route.abort());
  await page.goto(installation.labUrl);
  await page.locator("h1").waitFor();
  await album.take(page, "l-connecting", language);
  await page.context().close();
}
