//! A page, through the W3C WebDriver protocol.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Outcome, http};

/// How long something may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(80);

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The one page of the application.
#[derive(Debug)]
pub struct Page {
    port: u16,
    session: String,
}

/// Something on the page.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Page {
    /// Begins a session with what these capabilities name, through the bridge, which translates them. What follows goes to
    /// the web view's own driver: the bridge keeps connections that the driver has closed, and fails on the next of them.
    ///
    /// # Errors
    /// The driver refuses, or the application does not open its window.
    pub(crate) fn open(bridge: u16, port: u16, capabilities: &Value) -> Outcome<Self> {
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let value = value(http::request(bridge, "POST", "/session", Some(&body))?)?;
        let session = value["sessionId"].as_str().ok_or("the driver named no session")?.to_owned();
        Ok(Self { port, session })
    }

    /// Ends the session, and the application with it.
    ///
    /// # Errors
    /// The driver does not answer.
    pub(crate) fn close(&self) -> Outcome {
        value(http::request(self.port, "DELETE", &format!("/session/{}", self.session), None)?).map(drop)
    }

    /// Waits until there is an element of this name (`data-testid`).
    ///
    /// # Errors
    /// There is none after half a minute.
    pub fn find(&self, name: &str) -> Outcome<Element> {
        self.select(&selector(name))
    }

    /// Waits until there is an element of this CSS selector.
    ///
    /// # Errors
    /// There is none after half a minute.
    pub fn select(&self, css: &str) -> Outcome<Element> {
        self.wait(&format!("`{css}` to appear"), || Ok(self.all(css)?.into_iter().next()))
    }

    /// Whether there is an element of this name now.
    ///
    /// # Errors
    /// The driver does not answer.
    pub fn has(&self, name: &str) -> Outcome<bool> {
        Ok(!self.all(&selector(name))?.is_empty())
    }

    /// Waits for the first of these names to be there, and says which.
    ///
    /// # Errors
    /// There is none after half a minute.
    pub fn first_of<'n>(&self, names: &[&'n str]) -> Outcome<&'n str> {
        self.wait(&format!("one of {names:?} to appear"), || {
            for name in names {
                if self.has(name)? {
                    return Ok(Some(*name));
                }
            }
            Ok(None)
        })
    }

    /// Every element of a CSS selector that is there now.
    ///
    /// # Errors
    /// The driver does not answer.
    pub fn all(&self, css: &str) -> Outcome<Vec<Element>> {
        let found = self.post("elements", &json!({ "using": "css selector", "value": css }))?;
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|e| e[ELEMENT].as_str())
            .map(|id| Element(id.into()))
            .collect())
    }

    /// Waits for the named element and presses it. One that is drawn anew in the moment of pressing is tried again.
    ///
    /// # Errors
    /// It does not appear, or cannot be pressed.
    pub fn press(&self, name: &str) -> Outcome {
        let mut why = String::new();
        self.wait(&format!("`{name}` to be pressed"), || {
            let Some(element) = self.all(&selector(name))?.into_iter().next() else { return Ok(None) };
            if !self.enabled(&element) {
                return Ok(None);
            }
            match self.post(&format!("element/{}/click", element.0), &json!({})) {
                Ok(_) => Ok(Some(())),
                Err(error) => {
                    why = error;
                    Ok(None)
                }
            }
        })
        .map_err(|error| format!("{error} {why}"))
    }

    /// Waits for the named field, empties it and types.
    ///
    /// # Errors
    /// It does not appear, or takes no text.
    pub fn type_into(&self, name: &str, text: &str) -> Outcome {
        self.wait(&format!("`{name}` to take text"), || {
            let field = self.find(name)?;
            self.type_at(&field, text).map(Some)
        })
    }

    /// Empties a field and types.
    ///
    /// # Errors
    /// It takes no text.
    pub fn type_at(&self, field: &Element, text: &str) -> Outcome {
        self.post(&format!("element/{}/clear", field.0), &json!({}))?;
        // A line ends with the Enter key: the driver types no line feed.
        let keys = text.replace('\n', "\u{E007}");
        self.post(&format!("element/{}/value", field.0), &json!({ "text": keys })).map(drop)
    }

    /// Touches the named element: a finger down and up in its middle.
    ///
    /// # Errors
    /// It does not appear, or the driver has no finger.
    pub fn touch(&self, name: &str) -> Outcome {
        let element = self.find(name)?;
        let place = json!({ ELEMENT: element.0 });
        let finger = json!({
            "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" },
            "actions": [
                { "type": "pointerMove", "duration": 0, "origin": place, "x": 0, "y": 0 },
                { "type": "pointerDown", "button": 0 },
                { "type": "pause", "duration": 40 },
                { "type": "pointerUp", "button": 0 },
            ],
        });
        self.post("actions", &json!({ "actions": [finger] })).map(drop)
    }

    /// Presses keys, one after the other, wherever the focus is. The driver's own characters stand for keys without one: `\u{E004}`
    /// is Tab.
    ///
    /// # Errors
    /// The driver does not answer.
    pub fn keys(&self, keys: &str) -> Outcome {
        let presses: Vec<_> = keys
            .chars()
            .flat_map(|key| {
                [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
            })
            .collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": presses });
        self.post("actions", &json!({ "actions": [keyboard] })).map(drop)
    }

    /// What an element shows.
    ///
    /// # Errors
    /// It is gone.
    pub fn text(&self, element: &Element) -> Outcome<String> {
        let value = self.get(&format!("element/{}/text", element.0))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits for the named element; what it shows.
    ///
    /// # Errors
    /// It does not appear.
    pub fn text_of(&self, name: &str) -> Outcome<String> {
        let element = self.find(name)?;
        self.text(&element)
    }

    /// An attribute of an element.
    ///
    /// # Errors
    /// It is gone, or has none of that name.
    pub fn attribute(&self, element: &Element, name: &str) -> Outcome<String> {
        let value = self.get(&format!("element/{}/attribute/{name}", element.0))?;
        value.as_str().map(str::to_owned).ok_or_else(|| format!("no attribute {name}"))
    }

    /// What a piece of JavaScript returns on the page.
    ///
    /// # Errors
    /// It throws.
    pub fn run(&self, script: &str) -> Outcome<Value> {
        self.post("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until the answer is there.
    ///
    /// # Errors
    /// It is not, after half a minute; or looking fails.
    pub fn wait<T>(&self, what: &str, mut look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
        let began = Instant::now();
        loop {
            match look() {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                // What was drawn anew in the moment of looking is looked for again.
                Err(error) if error.contains("stale element") => {}
                Err(error) => return Err(error),
            }
            if began.elapsed() > PATIENCE {
                return Err(format!(
                    "waited {} s for {what}; the page shows:\n{}",
                    PATIENCE.as_secs(),
                    self.shown()
                ));
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn enabled(&self, element: &Element) -> bool {
        let disabled = self.get(&format!("element/{}/property/disabled", element.0));
        !matches!(disabled, Ok(Value::Bool(true)))
    }

    /// The words on the page: the first thing that one wants to know when a test fails.
    fn shown(&self) -> String {
        let text = self.run("return document.body.innerText + '\\n' + [...document.querySelectorAll('[data-testid]')].map((e) => e.dataset.testid).join(' ')");
        text.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_else(|| "(nothing readable)".into())
    }

    fn get(&self, path: &str) -> Outcome<Value> {
        value(http::request(self.port, "GET", &format!("/session/{}/{path}", self.session), None)?)
    }

    fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        value(http::request(self.port, "POST", &format!("/session/{}/{path}", self.session), Some(body))?)
    }
}

fn selector(name: &str) -> String {
    format!("[data-testid='{name}']")
}

/// The answer's value, or the driver's error.
fn value((status, mut body): (u16, Value)) -> Outcome<Value> {
    let value = body["value"].take();
    if status < 400 {
        return Ok(value);
    }
    Err(format!(
        "{}: {}",
        value["error"].as_str().unwrap_or("error"),
        value["message"].as_str().unwrap_or_default()
    ))
}
