const { inquirerQuestions } = require("./node_modules/cookiesess/dist/cli/questions.cjs");

inquirerQuestions.edit("Payload", "{}").then((text) => console.log(text));
