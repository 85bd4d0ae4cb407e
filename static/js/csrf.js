// The token that proves that a request comes from one of our pages.
export const csrfToken = () => document.querySelector('meta[name="csrf-token"]').content;

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = csrfToken();
});
