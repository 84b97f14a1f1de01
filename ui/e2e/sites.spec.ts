// Several sites: named, closed, where this device stands; the work list and the figures of one of them.

import { testIds } from "../src/testids";
import {
  ADMINISTRATOR,
  type Application,
  CLINICIAN,
  enter,
  expect,
  expectAccessible,
  id,
  picture,
  signIn,
  test,
} from "./application";

const { shell, administration, sites, workList, encounter } = testIds;

async function open(application: Application, name: string): Promise<string> {
  const token = await application.tokenOf(CLINICIAN);
  const view = await application.call("encounters.open", { name, birth_date: null, language: "en" }, token);
  return view.record.ticket;
}

test("visits are of the site at which the device stands, and can be looked at by site", async ({
  page,
  application,
  complaints: _,
}) => {
  await application.prepare();
  const before = await open(application, "Ida Holm");
  await enter(page, application, ADMINISTRATOR);
  await id(page, administration.index).getByTestId(sites.nav).click();
  await expectAccessible(page, "sites: none");
  for (const name of ["North", "South"]) {
    await id(page, sites.add).click();
    await id(page, sites.name).fill(name);
    await id(page, sites.save).click();
    await expect(id(page, sites.row(name))).toBeVisible();
  }
  // Two of one name could not be told apart.
  await id(page, sites.add).click();
  await id(page, sites.name).fill("north");
  await id(page, sites.save).click();
  await expect(page.getByText("Another one already has this name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await id(page, sites.here).selectOption({ label: "North" });
  await expect(id(page, sites.placed)).toBeVisible();
  await expectAccessible(page, "sites");
  await picture(page, "sites");
  const north = await open(application, "Jan Berg");

  // Closed, it takes nothing more; what was there keeps its name.
  await id(page, sites.close("North")).click();
  await id(page, sites.closeSure).click();
  await expect(id(page, sites.row("North"))).toHaveAttribute("data-closed", "true");
  await id(page, sites.here).selectOption({ label: "South" });
  await expect(id(page, sites.placed)).toBeVisible();
  const south = await open(application, "Kari Lund");
  await id(page, shell.signOut).click();

  await signIn(page, CLINICIAN);
  await expect(id(page, workList.row(south))).toBeVisible();
  await expect(id(page, workList.row(north))).toBeHidden();
  await expectAccessible(page, "work list of a site");
  await picture(page, "work-list-of-a-site");
  await id(page, sites.ofList).selectOption({ label: "North (closed)" });
  await expect(id(page, workList.row(north))).toBeVisible();
  await expect(id(page, workList.row(south))).toBeHidden();
  await id(page, sites.ofList).selectOption({ label: "All sites" });
  for (const ticket of [before, north, south]) await expect(id(page, workList.row(ticket))).toBeVisible();
  await id(page, workList.link(north)).click();
  await expect(id(page, encounter.page)).toContainText("Site: North");
  await id(page, shell.signOut).click();

  await signIn(page, ADMINISTRATOR);
  await id(page, administration.index).getByTestId(shell.figures).click();
  const tile = id(page, testIds.figures.tile("encounters"));
  await expect(tile).toContainText("3");
  await id(page, sites.ofFigures).selectOption({ label: "South" });
  await expect(tile).toContainText("1");
  await expectAccessible(page, "figures of a site");
});
