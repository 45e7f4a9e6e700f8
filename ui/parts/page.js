// The page's language, the framework's own English words, and a live region. Constant: no value of a file comes here.
(() => {
  const FR = {
    "Upload": "Parcourir", "Browse files": "Parcourir", "Add files": "Ajouter des fichiers",
    "Drag and drop file here": "Glissez votre fichier ici", "Drag and drop files here": "Glissez vos fichiers ici",
    "Sort ascending": "Tri croissant", "Sort descending": "Tri décroissant", "Autosize": "Ajuster la largeur",
    "Pin column": "Figer la colonne", "Unpin column": "Libérer la colonne", "Hide column": "Masquer la colonne",
    "Format": "Format", "Statistics": "Statistiques", "Column statistics": "Statistiques de la colonne",
    "Automatic": "Automatique", "Localized": "Selon le pays", "Plain": "Brut", "Compact": "Abrégé", "Percent": "Pourcentage",
    "Scientific": "Scientifique", "Accounting": "Comptable", "Distance": "Écart", "Calendar": "Calendrier",
    "Distinct": "Valeurs distinctes", "Empty": "Vides", "Average length": "Longueur moyenne", "Average": "Moyenne",
    "Median": "Médiane", "Minimum": "Minimum", "Maximum": "Maximum", "Minimum length": "Longueur minimale",
    "Maximum length": "Longueur maximale", "Standard deviation": "Écart type", "Sum": "Somme", "Values": "Valeurs",
    "Range": "Étendue", "Count": "Nombre", "Copy column name": "Copier le nom de la colonne", "Rename": "Renommer",
    "No results": "Aucun résultat", "No data": "Aucune donnée", "Select...": "Choisir…", "empty": "vide",
    "Dataframe column menu": "Menu de la colonne", "Close": "Fermer", "Cancel": "Annuler", "Copy": "Copier",
    "Copy to clipboard": "Copier", "Copied!": "Copié", "Choose date": "Choisir une date", "Clear date": "Effacer la date",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Flèches pour changer de jour, Entrée pour choisir, Échap pour fermer.",
    "Clear value": "Effacer", "Clear entry": "Effacer", "Decrement": "Diminuer", "Increment": "Augmenter", "Open": "Ouvrir",
    "Send message": "Envoyer", "Stop script": "Arrêter", "App pages": "Pages", "Collapse sidebar": "Replier le volet",
    "Expand sidebar": "Ouvrir le volet", "Sidebar": "Volet latéral", "Main menu": "Menu", "Navigate to home page": "Accueil",
    "Running...": "En cours…", "Stop": "Arrêter", "Connecting": "Connexion…", "Connection error": "Connexion perdue",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "L’application s’est arrêtée : relancez-la.",
    "Choose an option": "Choisir…", "Choose options": "Choisir…", "file upload": "Fichiers à lire", "Feedback rating": "Votre avis",
    "help icon": "aide", "check icon": "vérifié", "warning icon": "attention", "info icon": "information", "error icon": "erreur",
    "check_circle icon": "vérifié", "lock icon": "confidentiel", "history icon": "historique", "person icon": "responsable",
    "event icon": "échéance", "payments icon": "budget", "notes icon": "note", "build icon": "réparé", "link_off icon": "sans lien",
    "trending_up icon": "en hausse", "trending_down icon": "en baisse", "trending_flat icon": "stable", "table icon": "tableau", "category icon": "nature",
    "progress_activity icon": "en cours",
    "dd": "jj", "yyyy": "aaaa", "Skip to main content": "Aller au contenu", "Page not found": "Page introuvable", "Thumbs up": "Utile",
    "Thumbs down": "Pas utile", "Previous month": "Mois précédent", "Next month": "Mois suivant", "Year": "Année",
    "Month": "Mois", "Previous": "Précédent", "Next": "Suivant", "View fullscreen": "Plein écran", "Remove": "Retirer",
  };
  const EN = Object.fromEntries(Object.entries(FR).map(([english, french]) => [french, english]));
  EN["Parcourir"] = "Upload"; EN["Effacer"] = "Clear value"; EN["Copier"] = "Copy";
  const READY = { fr: "La réponse est affichée.", en: "The answer is shown." };
  // What came from the manager's files is never translated.
  const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stTable"], [data-testid="stCode"], canvas, svg, script, style';
  const THEIRS = '[data-testid="stFileUploader"] button';
  const CHROME = ["aria-label", "title", "placeholder"];

  const state = (window.__noces ??= { language: "", answers: -1, asked: false });
  state.language = "LANGUAGE";
  document.documentElement.lang = state.language;

  // French puts an unbreakable space inside guillemets and before : ; ? ! and %, so that no line starts with one.
  const LOOSE = /« | (?=[»:;?!%](?:\s|$|[.,)]))/g;
  function words(text) {
    const key = text.trim();
    const from = state.language === "fr" ? FR : EN;
    return Object.hasOwn(from, key) && from[key] !== key ? text.replace(key, from[key]) : null;
  }
  // "1.0MB" under a file's name, and what is said of a file that is too large or of another kind.
  const SIZE = /(\d+(?:\.\d+)?) ?([KMG]?)B\b/;
  function uploader(node) {
    if (state.language !== "fr") return;
    let text = node.nodeValue.replace(" per file", " par fichier").replace("File must be", "Ce fichier dépasse").replace(" or smaller.", ".");
    text = text.replace(/^(.*) files are not allowed\.$/, "Les fichiers $1 ne sont pas lus.");
    text = text.replace(SIZE, (_, size, unit) => `${size.replace(".", ",")}\u00a0${unit === "K" ? "k" : unit}o`);
    if (text !== node.nodeValue) node.nodeValue = text;
  }
  function translate(root) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const said = words(node.nodeValue);
      const place = node.parentElement;
      if (said !== null && (!place?.closest(OURS) || place.closest(THEIRS))) node.nodeValue = said;
      if (SIZE.test(node.nodeValue) && node.parentElement?.closest('[data-testid="stFileUploader"]')) uploader(node);
      if (state.language === "fr" && LOOSE.test(node.nodeValue) && !node.parentElement?.closest("pre, code, script, style, textarea"))
        node.nodeValue = node.nodeValue.replace(LOOSE, (found) => (found === "« " ? "«\u00a0" : "\u00a0"));
    }
    for (const name of CHROME) {
      for (const element of root.querySelectorAll(`[${name}]`)) {
        const said = words(element.getAttribute(name));
        if (said !== null && !element.closest('[data-testid="stTable"]')) element.setAttribute(name, said);
        else if (state.language === "fr" && /^[a-z_]+ icon$/.test(element.getAttribute(name) ?? "")) {
          element.removeAttribute(name); // a sign we have no French name for says nothing that the words beside it do not
          element.setAttribute("aria-hidden", "true");
        }
      }
    }
  }
  function announce() {
    let live = document.getElementById("noces-live");
    if (!live) {
      live = document.createElement("div");
      live.id = "noces-live";
      live.setAttribute("role", "status");
      live.setAttribute("aria-live", "polite");
      live.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
      document.body.append(live);
    }
    const shown = document.querySelectorAll('[class*="st-key-answer-"]').length;
    if (state.answers >= 0 && shown === state.answers + 1) {
      live.textContent = READY[state.language] + "\u200b".repeat(shown % 2);
      hold(performance.now() + 2500);
    }
    state.answers = shown;
    const asked = document.querySelector('[class*="st-key-asked-pending"]') !== null;
    if (asked && !state.asked) hold(performance.now() + 700);
    state.asked = asked;
  }
  // The answer is read from its question down: the framework follows the end of the page, so the place is held while the
  // answer grows, and let go as soon as the reader moves.
  function hold(until) {
    let moved = false;
    const events = ["wheel", "touchstart", "keydown", "pointerdown"];
    const stop = () => { moved = true; };
    for (const name of events) addEventListener(name, stop, { passive: true, once: true });
    const step = () => {
      const asked = [...document.querySelectorAll('[class*="st-key-asked-"]')].at(-1);
      if (moved || performance.now() > until || !asked) {
        for (const name of events) removeEventListener(name, stop);
        return;
      }
      asked.scrollIntoView({ block: "start", behavior: "instant" });
      setTimeout(step, 50);
    };
    step();
  }
  function all() { translate(document.body); announce(); }
  all();
  state.watcher?.disconnect();
  let waiting = false;
  state.watcher = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; all(); });
  });
  state.watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
})();
