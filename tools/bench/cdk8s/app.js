// The Kubernetes objects of a plan, read from JSON, as a cdk8s app with one chart.
const { readFileSync } = require("node:fs");
const { ApiObject, App, Chart } = require("cdk8s");

const objects = JSON.parse(readFileSync(process.env.BENCH_OBJECTS, "utf8"));
const app = new App();
const chart = new Chart(app, "prod");
objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
app.synth();
