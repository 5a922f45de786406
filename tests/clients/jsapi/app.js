// A page with Esri's JS SDK: registers its client id at the practice portal, and lends what the walk calls.

import config from "@arcgis/core/config.js";
import OAuthInfo from "@arcgis/core/identity/OAuthInfo.js";
import IdentityManager from "@arcgis/core/identity/IdentityManager.js";
import Portal from "@arcgis/core/portal/Portal.js";
import PortalItem from "@arcgis/core/portal/PortalItem.js";
import request from "@arcgis/core/request.js";

const portalUrl = new URLSearchParams(location.hash.slice(1)).get("portal") ?? sessionStorage.getItem("portal");
sessionStorage.setItem("portal", portalUrl);
config.assetsPath = "/assets";
config.portalUrl = portalUrl;
IdentityManager.registerOAuthInfos([
  new OAuthInfo({
    appId: "jsapi",
    portalUrl,
    popup: location.pathname === "/popup.html",
    popupCallbackUrl: `${location.origin}/oauth-callback.html`,
    flowType: "authorization-code",
  }),
]);

window.sdk = { config, IdentityManager, Portal, PortalItem, request, portalUrl };
