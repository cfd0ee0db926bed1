import { core } from "../../config/core";
import { describePart } from "./describe-part";
import { imageGood, imageMistakes } from "./mistakes/images";
import { labelGood, labelMistakes } from "./mistakes/labels";
import { placeGood, placeMistakes } from "./mistakes/place";
import { poolGood, poolMistakes } from "./mistakes/pools";
import { recoveryGood, recoveryMistakes } from "./mistakes/recovery";
import { shapeMistakes } from "./mistakes/shape";

describePart(
    core,
    [...shapeMistakes, ...placeMistakes, ...poolMistakes, ...labelMistakes, ...recoveryMistakes, ...imageMistakes],
    [...placeGood, ...poolGood, ...labelGood, ...recoveryGood, ...imageGood],
);
