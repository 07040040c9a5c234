"use strict";
// What a person changes in a draft is what is printed.
document.addEventListener("DOMContentLoaded", () => {
  const text = document.getElementById("draft");
  const printed = document.querySelector(".printed");
  const mirror = () => { printed.textContent = text.value; };
  text.addEventListener("input", mirror);
  mirror();
});
