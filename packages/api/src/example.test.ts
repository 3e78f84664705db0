import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { exampleOf } from "./example.ts";
import { openapi } from "./openapi.ts";
import { allRoutes } from "./routes/index.ts";

const withBody = allRoutes.flatMap((route) =>
  route.request.body ? [[route.id, route, route.request.body] as const] : [],
);

test.each(withBody)("%s: the example is a body that the route takes, and is in its description", (_, route, body) => {
  const example = exampleOf(body);
  expect([...Value.Errors(body, example)]).toEqual([]);
  const path = route.path.replace(/:(\w+)/g, "{$1}");
  const described = JSON.parse(JSON.stringify(openapi("0.0.0"))).paths[path][route.method.toLowerCase()];
  expect(described.requestBody.content["application/json"].example).toEqual(example);
  expect(described.parameters).toContainEqual(expect.objectContaining({ name: "X-Cordboard", in: "header" }));
});
