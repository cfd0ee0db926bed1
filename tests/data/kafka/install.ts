import { installKafka } from "./libraries";

const { folder, count } = installKafka();
console.log(`${count} libraries of the Kafka broker in ${folder}`);
